import { searchFor } from '../graph-client.ts';

export type SignInQuery = {
  /** Part of a user's name, or a whole request or correlation id as the error page shows it. */
  text: string;
  outcome: 'any' | 'success' | 'failure' | 'interrupted';
  /** A day of the reader's calendar, `2026-11-23`, or empty. */
  since: string;
  appId?: string | undefined;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The options of the sign-in log's list for what stands in the filter fields: empty, or beginning with `&`. */
export function signInQuery({ text, outcome, since, appId }: SignInQuery): string {
  const terms: string[] = [];
  if (appId) terms.push(`appId eq '${appId}'`);
  const isId = uuid.test(text);
  if (isId) {
    const id = text.toLowerCase();
    terms.push(`(id eq '${id}' or correlationId eq '${id}')`);
  }
  if (outcome !== 'any') terms.push(`outcome eq '${outcome}'`);
  const from = since === '' ? Number.NaN : new Date(`${since}T00:00:00`).getTime();
  if (!Number.isNaN(from)) terms.push(`createdDateTime ge ${new Date(from).toISOString()}`);
  const filter = terms.length > 0 ? `&$filter=${encodeURIComponent(terms.join(' and '))}` : '';
  const search =
    text === '' || isId
      ? ''
      : `&$search=${searchFor(['userDisplayName', 'userPrincipalName', 'appDisplayName', 'ipAddress'], text)}`;
  return filter + search;
}
