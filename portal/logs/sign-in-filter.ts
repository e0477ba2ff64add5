export type SignInFilter = {
  /** A user's name, or a whole request or correlation id as the error page shows it. */
  text: string;
  outcome: 'any' | 'success' | 'failure';
  /** A day of the reader's calendar, `2026-11-23`, or empty. */
  since: string;
  appId?: string | undefined;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The `$filter` of the sign-in log for what stands in the filter fields; empty where nothing does. */
export function signInFilter({ text, outcome, since, appId }: SignInFilter): string {
  const terms: string[] = [];
  if (appId) terms.push(`appId eq ${quoted(appId)}`);
  if (uuid.test(text)) {
    const id = quoted(text.toLowerCase());
    terms.push(`(id eq ${id} or correlationId eq ${id})`);
  } else if (text !== '') {
    terms.push(
      `(startswith(userDisplayName,${quoted(text)}) or startswith(userPrincipalName,${quoted(text)}))`,
    );
  }
  if (outcome !== 'any') terms.push(`status/errorCode ${outcome === 'success' ? 'eq' : 'ne'} 0`);
  const from = since === '' ? Number.NaN : new Date(`${since}T00:00:00`).getTime();
  if (!Number.isNaN(from)) terms.push(`createdDateTime ge ${new Date(from).toISOString()}`);
  return terms.join(' and ');
}
