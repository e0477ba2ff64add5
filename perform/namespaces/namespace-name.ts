/** Whatever a person typed as company name, as the namespace it may be: trimmed and in lower case. */
export function namespaceOf(typed: string): string {
  return typed.trim().toLowerCase();
}

/** Why a text cannot be a namespace, as a sentence; undefined where it can. */
export function namespaceProblem(text: string): string | undefined {
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)) return undefined;
  return 'A namespace has 1 to 63 small letters, digits and hyphens and neither begins nor ends with a hyphen, for example contoso.';
}
