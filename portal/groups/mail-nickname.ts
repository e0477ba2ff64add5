/**
 * A mail nickname for a group, which the API asks for although no mail is ever sent to it: the name without marks and
 * without characters that may not stand in an address.
 */
export function groupMailNickname(displayName: string): string {
  const plain = displayName.normalize('NFKD').replace(/\p{M}/gu, '');
  const nickname = plain
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);
  return nickname === '' ? 'group' : nickname;
}
