/** What signing in and uniqueness compare: user principal names differ in more than case or they are the same. */
export function userPrincipalNameKey(userPrincipalName: string): string {
  return userPrincipalName.trim().toLowerCase();
}

/** The two halves of a user principal name, or null where the text is none. Nothing is checked beyond the one @. */
export function readUserPrincipalName(text: string): { local: string; domain: string } | null {
  const match = /^([^\s@]+)@([^\s@]+)$/.exec(text);
  return match ? { local: match[1] ?? '', domain: match[2] ?? '' } : null;
}

export const userPrincipalNameLimits = { local: 64, domain: 48, total: 113 };

/**
 * What is wrong with a user principal name, in a sentence; null where nothing is.
 *
 * @param domains the organisation's verified domains in lower case
 */
export function userPrincipalNameFault(text: string, domains: readonly string[]): string | null {
  const name = readUserPrincipalName(text);
  if (!name) return 'it must be a user name, @ and a domain, for example B.Simon@contoso.example';
  const { local, domain } = name;
  if (!/^[A-Za-z0-9'.\-_!#^~]+$/.test(local))
    return "the part before @ may only hold letters A to Z, digits and the characters ' . - _ ! # ^ ~";
  if (local.endsWith('.')) return 'the part before @ must not end with a full stop';
  if (local.length > userPrincipalNameLimits.local)
    return `the part before @ has more than ${userPrincipalNameLimits.local} characters`;
  if (domain.length > userPrincipalNameLimits.domain)
    return `the domain has more than ${userPrincipalNameLimits.domain} characters`;
  if (!domains.includes(domain.toLowerCase()))
    return `the domain '${domain}' is not a verified domain of this organisation; verified are ${domains.join(', ')}`;
  return null;
}
