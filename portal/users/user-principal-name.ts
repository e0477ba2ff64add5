/** The part before the @ as typed, and the domain chosen beside it. */
export type NameParts = { local: string; domain: string };

/**
 * People type `B.Simon` beside the domain, or the whole `B.Simon@contoso.example` into the one field. A typed domain
 * that is one of the organisation's is taken over; another one stays in the text so that it can be called out.
 *
 * @param domains the organisation's verified domains, lower case
 */
export function takeOverDomain(typed: string, chosen: string, domains: readonly string[]): NameParts {
  const text = typed.trim();
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1).toLowerCase();
  if (at > 0 && domains.includes(domain)) return { local: text.slice(0, at), domain };
  return { local: text, domain: chosen };
}

/** The whole name, wherever its domain was typed. */
export function wholeName({ local, domain }: NameParts): string {
  return local.includes('@') ? local : `${local}@${domain}`;
}

/**
 * What is wrong with a name, as a sentence; null when nothing is. The limits are Entra's: 64 characters before the @,
 * 113 in all.
 */
export function nameProblem(parts: NameParts, domains: readonly string[]): string | null {
  const { local } = parts;
  if (local === '') return 'Enter a user principal name, for example B.Simon.';
  const at = local.lastIndexOf('@');
  if (at >= 0) {
    const domain = local.slice(at + 1);
    return domains.includes(domain.toLowerCase())
      ? null
      : `${domain === '' ? 'Nothing' : domain} is not a domain of your organisation. Use ${domains.join(' or ')}.`;
  }
  if (!/^[A-Za-z0-9'._!#^~-]+$/.test(local)) {
    return "Use only letters, digits and ' . - _ ! # ^ ~ before the @.";
  }
  if (local.endsWith('.')) return 'The character before the @ must not be a dot.';
  if (local.length > 64) return 'Use at most 64 characters before the @.';
  if (wholeName(parts).length > 113) return 'Use at most 113 characters in all.';
  return null;
}

/** The mail nickname derived from the name: what stands before the @, without characters an address part may not have. */
export function mailNicknameFrom(local: string): string {
  return (local.split('@')[0] ?? '').replace(/[^A-Za-z0-9._-]/g, '').slice(0, 64);
}
