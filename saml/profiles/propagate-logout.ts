import type { NameId } from '../messages/name-id.ts';
import type { LogoutOutcome } from './accept-logout-response.ts';
import { isSameName, matchesSession, type Session } from './matches-session.ts';
import { requireTexts } from '../require-input.ts';

/** Where a side takes logout messages (saml-metadata 2.2.2): requests at `location`, answers at `responseLocation` if given. */
export type LogoutEndpoint = { binding: 'redirect' | 'post'; location: string; responseLocation?: string };

/** A side that was told of the session, under the name and the SessionIndexes it was told (saml-profiles 4.4.3.3). */
export type LogoutParticipant = {
  /** All it goes by: one of them suffices to be it. */
  entityIds: readonly string[];
  nameId: NameId;
  /** None: it is asked to end every session of the principal. */
  sessionIndexes: readonly string[];
  /** Absent: it takes no logout messages, and the logout stays partial. */
  endpoint?: LogoutEndpoint;
};

/** The side whose request began the logout; it is answered last. */
export type LogoutInitiator = {
  /** All it goes by. */
  entityIds: readonly string[];
  requestId: string;
  relayState?: string;
  endpoint: LogoutEndpoint;
};

/** How far a logout is with one participant; `until` is when the wait for its answer ends, epoch milliseconds. */
export type LogoutProgress =
  | { is: 'waiting' }
  | { is: 'asked'; requestId: string; until: number }
  | { is: 'signed-out' }
  | { is: 'failed' };

/** A logout of several participants under way: plain JSON, for the caller to store between two visits of the browser. */
export type Logout = {
  readonly initiator?: LogoutInitiator;
  readonly participants: readonly (LogoutParticipant & { progress: LogoutProgress })[];
  readonly isAnswered: boolean;
};

/** What is to be done next. `outcome` is for `createLogoutResponse`, or for the page where nobody has to be answered. */
export type LogoutStep =
  | { step: 'send'; participant: LogoutParticipant & { endpoint: LogoutEndpoint } }
  | { step: 'wait'; participant: LogoutParticipant; requestId: string; until: number }
  | { step: 'answer'; initiator: LogoutInitiator; outcome: 'success' | 'partial' }
  | { step: 'done'; outcome: 'success' | 'partial' };

/**
 * Begins the logout of everybody who was told of a session (saml-profiles 4.4.3), at the side that told them. The initiator
 * is not asked to do what it asked for; entries of one participant under one name become one request, to the first endpoint
 * that one of them has.
 *
 * The own session ends now, before anybody is asked: whatever the others answer, nobody stays signed in here.
 *
 * @param input.initiator whose accepted LogoutRequest began it; absent where it began here
 * @throws TypeError where a caller without types does not hand in lists of identifiers
 * @example
 * let logout = startLogout({ initiator, participants: await participantsOf(session) });
 * for (let next = nextLogoutStep(logout, now); next.step === 'send'; next = nextLogoutStep(logout, now)) { … }
 */
export function startLogout(input: {
  initiator?: LogoutInitiator;
  participants: readonly LogoutParticipant[];
}): Logout {
  const { initiator } = input;
  if (initiator !== undefined) requireTexts('initiator.entityIds', initiator.entityIds);
  const others: LogoutParticipant[] = [];
  for (const participant of input.participants) {
    requireTexts('participant.entityIds', participant.entityIds);
    if (initiator !== undefined && sharesIdentifier(participant, initiator)) continue;
    const index = others.findIndex((other) => isSameParticipant(other, participant));
    const same = others[index];
    if (same === undefined) others.push(participant);
    else others[index] = joined(same, participant);
  }
  return {
    ...(initiator === undefined ? {} : { initiator }),
    participants: others.map((participant) => ({
      ...participant,
      progress: participant.endpoint === undefined ? { is: 'failed' } : { is: 'waiting' },
    })),
    isAnswered: false,
  };
}

type Side = Pick<LogoutParticipant, 'entityIds'>;

function sharesIdentifier(left: Side, right: Side): boolean {
  return left.entityIds.some((entityId) => right.entityIds.includes(entityId));
}

function isSameParticipant(left: LogoutParticipant, right: LogoutParticipant): boolean {
  return sharesIdentifier(left, right) && isSameName(left.nameId, right.nameId);
}

function joined(left: LogoutParticipant, right: LogoutParticipant): LogoutParticipant {
  const endpoint = left.endpoint ?? right.endpoint;
  return {
    ...left,
    entityIds: [...new Set([...left.entityIds, ...right.entityIds])],
    sessionIndexes: joinIndexes(left.sessionIndexes, right.sessionIndexes),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

/** None means all, so all and some are all. */
function joinIndexes(left: readonly string[], right: readonly string[]): readonly string[] {
  return left.length === 0 || right.length === 0 ? [] : [...new Set([...left, ...right])];
}

/**
 * What is to be done next: one participant is asked after the other, as there is one browser; then the initiator is answered,
 * and once (saml-profiles 4.4.3.3, 4.4.3.5). An answer that did not come until its time counts as none, and the logout as
 * partial.
 *
 * @param now epoch milliseconds
 * @example const next = nextLogoutStep(logout, Date.now());
 */
export function nextLogoutStep(logout: Logout, now: number): LogoutStep {
  for (const { progress, ...participant } of logout.participants) {
    if (progress.is === 'asked' && now < progress.until) {
      return { step: 'wait', participant, requestId: progress.requestId, until: progress.until };
    }
  }
  for (const { progress, endpoint, ...participant } of logout.participants) {
    if (progress.is === 'waiting' && endpoint !== undefined) {
      return { step: 'send', participant: { ...participant, endpoint } };
    }
  }
  const outcome = logout.participants.every(({ progress }) => progress.is === 'signed-out')
    ? 'success'
    : 'partial';
  const { initiator, isAnswered } = logout;
  return initiator === undefined || isAnswered
    ? { step: 'done', outcome }
    : { step: 'answer', initiator, outcome };
}

/**
 * Notes that a participant was sent a LogoutRequest, and until when, in epoch milliseconds, its answer is waited for
 * (saml-profiles 4.4.3.3).
 *
 * @example logout = recordLogoutRequest(logout, next.participant, { requestId, until: now + 30_000 });
 */
export function recordLogoutRequest(
  logout: Logout,
  participant: LogoutParticipant,
  sent: { requestId: string; until: number },
): Logout {
  return withProgress(logout, (each) =>
    isSameParticipant(each, participant) && each.progress.is === 'waiting'
      ? { is: 'asked', ...sent }
      : undefined,
  );
}

/**
 * Notes an accepted answer (saml-profiles 4.4.3.4). One that answers nothing outstanding, a second one among them, changes nothing. One that comes
 * after its time still counts, as long as the initiator was not answered.
 *
 * @example logout = recordLogoutAnswer(logout, acceptLogoutResponse(received, peer, at));
 */
export function recordLogoutAnswer(
  logout: Logout,
  answer: { issuer: string; inResponseTo: string; outcome: LogoutOutcome },
): Logout {
  if (logout.isAnswered) return logout;
  return withProgress(logout, ({ entityIds, progress }) => {
    if (progress.is !== 'asked' || progress.requestId !== answer.inResponseTo) return undefined;
    if (!entityIds.includes(answer.issuer)) return undefined;
    return { is: answer.outcome === 'success' ? 'signed-out' : 'failed' };
  });
}

/**
 * Notes that a participant cannot be reached, or that its answer was refused: it is not asked again, and the logout is
 * partial (saml-core 3.7.3.2).
 *
 * @example logout = recordLogoutFailure(logout, next.participant);
 */
export function recordLogoutFailure(logout: Logout, participant: LogoutParticipant): Logout {
  return withProgress(logout, (each) =>
    isSameParticipant(each, participant) && each.progress.is !== 'signed-out' ? { is: 'failed' } : undefined,
  );
}

/**
 * Notes that a participant has sent an accepted LogoutRequest of its own meanwhile: where that means everything it was told
 * of under this name, it need not be asked any more (saml-core 3.7.3.2). Else, and where the initiator was answered, nothing
 * changes.
 *
 * @example logout = recordOwnLogout(logout, request);
 */
export function recordOwnLogout(
  logout: Logout,
  request: { issuer: string; nameId: NameId; sessionIndexes: readonly string[] },
): Logout {
  if (logout.isAnswered) return logout;
  return withProgress(logout, (each) =>
    sessionsOf(each).every((session) => matchesSession(request, session)) ? { is: 'signed-out' } : undefined,
  );
}

function sessionsOf({ entityIds, nameId, sessionIndexes }: LogoutParticipant): Session[] {
  if (sessionIndexes.length === 0) return [{ entityIds, nameId }];
  return sessionIndexes.map((sessionIndex) => ({ entityIds, nameId, sessionIndex }));
}

/**
 * Notes that the initiator was sent its LogoutResponse (saml-profiles 4.4.3.5).
 *
 * @example logout = recordInitiatorAnswered(logout);
 */
export function recordInitiatorAnswered(logout: Logout): Logout {
  return { ...logout, isAnswered: true };
}

function withProgress(
  logout: Logout,
  change: (participant: Logout['participants'][number]) => LogoutProgress | undefined,
): Logout {
  return {
    ...logout,
    participants: logout.participants.map((participant) => ({
      ...participant,
      progress: change(participant) ?? participant.progress,
    })),
  };
}
