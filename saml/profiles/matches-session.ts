import type { NameId } from '../messages/name-id.ts';
import { nameIdFormats } from '../names.ts';
import { requireTexts } from '../require-input.ts';

/**
 * A session as it was begun by an assertion: whom it is about, and the SessionIndex where the assertion gave one. `entityIds`
 * are those of the other side: at a service provider of who issued the assertion, at an identity provider of who was given it.
 */
export type Session = { entityIds: readonly string[]; nameId: NameId; sessionIndex?: string };

/**
 * Whether a logout request means a session (saml-core 3.7.3, 3.3.4): it comes from the other side of that session, as two
 * identity providers may know two people by one name; the same name in the same format with the same qualifiers, octet for
 * octet, and one of its SessionIndexes. A request without any means all sessions of the principal; one with some does not
 * mean a session that has none.
 *
 * @throws TypeError where a caller without types leaves out whose session it is
 * @example const ending = sessions.filter((session) => matchesSession(request, session));
 */
export function matchesSession(
  request: { issuer: string; nameId: NameId; sessionIndexes: readonly string[] },
  session: Session,
): boolean {
  requireTexts('session.entityIds', session.entityIds);
  return (
    session.entityIds.includes(request.issuer) &&
    isSameName(request.nameId, session.nameId) &&
    (request.sessionIndexes.length === 0 ||
      (session.sessionIndex !== undefined && request.sessionIndexes.includes(session.sessionIndex)))
  );
}

/**
 * A qualifier that is absent equals only one that is absent; a format that is absent equals the unspecified one. What a
 * service provider calls the person besides makes no other person of it.
 */
export function isSameName(left: NameId, right: NameId): boolean {
  return (
    left.value === right.value &&
    (left.format ?? nameIdFormats.unspecified) === (right.format ?? nameIdFormats.unspecified) &&
    left.nameQualifier === right.nameQualifier &&
    left.spNameQualifier === right.spNameQualifier
  );
}
