import type { IdpEntry, Scoping } from '../messages/scoping.ts';
import { statusCodes } from '../names.ts';

/** What an identity provider is and can do for the person before it. */
export type ScopedIdentityProvider = {
  entityId: string;
  /** Whether it can authenticate this person by itself. */
  authenticates: boolean;
  /** Entity IDs of the identity providers it can pass the request on to, the preferred first. */
  reaches?: readonly string[];
};

/** What may be done with a request: `through` are the identity providers it may be passed on to, the preferred first. */
export type ScopingAnswer =
  | { answer: 'authenticate' }
  | { answer: 'pass-on'; through: string[] }
  | { answer: 'refuse'; status: { code: string; subCode: string } };

/**
 * Whether this identity provider may answer a request by itself, or by asking another (saml-core 3.4.1.2, 3.4.1.5.1).
 *
 * A list that names it, or no list, lets it answer; so does a list that says it is not complete. Else it may pass the
 * request on to one of the list, as often as ProxyCount says.
 *
 * @example
 * const judged = judgeScoping(accepted.scoping, { entityId, authenticates: true });
 * if (judged.answer === 'refuse') await issueErrorResponse({ ...answer, status: judged.status });
 */
export function judgeScoping(
  scoping: Scoping | undefined,
  { entityId, authenticates, reaches = [] }: ScopedIdentityProvider,
): ScopingAnswer {
  const list = scoping?.idpList;
  const listed = list?.entries.map(({ providerId }) => providerId);
  if (authenticates && (listed === undefined || listed.includes(entityId))) return { answer: 'authenticate' };
  // The order of the list is the requester's preference (saml-core 3.4.1.5).
  const through = listed === undefined ? [...reaches] : listed.filter((each) => reaches.includes(each));
  if (through.length > 0) {
    return scoping?.proxyCount === 0 ? refuse('proxyCountExceeded') : { answer: 'pass-on', through };
  }
  if (list === undefined) return refuse('authnFailed');
  return authenticates && list.getComplete !== undefined
    ? { answer: 'authenticate' }
    : refuse('noSupportedIdp');
}

function refuse(subCode: 'proxyCountExceeded' | 'authnFailed' | 'noSupportedIdp'): ScopingAnswer {
  return {
    answer: 'refuse',
    status: { code: statusCodes.responder, subCode: statusCodes[subCode] },
  };
}

/**
 * The Scoping of the request that is passed on to another identity provider (saml-core 3.4.1.5.1): one indirection less
 * than the original permits and at most `atMost`, nothing removed from its list, its requester behind those before it.
 *
 * @param input.requester the issuer of the original request
 * @throws RangeError where the original permits no indirection
 * @example createAuthnRequest({ ...request, scoping: scopingToPassOn(accepted.scoping, { requester: accepted.issuer, atMost: 1 }) });
 */
export function scopingToPassOn(
  original: Scoping | undefined,
  input: { requester: string; atMost: number; alsoAsk?: readonly IdpEntry[] },
): Scoping {
  if (original?.proxyCount === 0) throw new RangeError('This request may not be passed on.');
  const left = original?.proxyCount === undefined ? input.atMost : original.proxyCount - 1;
  const list = original?.idpList;
  return {
    proxyCount: Math.min(left, input.atMost),
    ...(list === undefined
      ? {}
      : { idpList: { ...list, entries: [...list.entries, ...(input.alsoAsk ?? [])] } }),
    requesterIds: [...(original?.requesterIds ?? []), input.requester],
  };
}
