import type { NameId } from '../messages/name-id.ts';

/** A session as it was begun by an assertion: whom it is about, and the SessionIndex where the assertion gave one. */
export type Session = { nameId: NameId; sessionIndex?: string };

/**
 * Whether a logout request means a session (saml-core 3.7.3, 3.3.4): the same name in the same format with the same
 * qualifiers, octet for octet, and one of its SessionIndexes. A request without any means all sessions of the principal; one
 * with some does not mean a session that has none.
 *
 * @example const ending = sessions.filter((session) => matchesSession(request, session));
 */
export function matchesSession(
  request: { nameId: NameId; sessionIndexes: readonly string[] },
  session: Session,
): boolean {
  return (
    isSameName(request.nameId, session.nameId) &&
    (request.sessionIndexes.length === 0 ||
      (session.sessionIndex !== undefined && request.sessionIndexes.includes(session.sessionIndex)))
  );
}

/** A qualifier that is absent equals only one that is absent; a format that is absent was read as unspecified. */
export function isSameName(left: NameId, right: NameId): boolean {
  return (
    left.value === right.value &&
    left.format === right.format &&
    left.nameQualifier === right.nameQualifier &&
    left.spNameQualifier === right.spNameQualifier
  );
}
