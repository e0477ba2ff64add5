import type { X509Certificate } from 'node:crypto';
import {
  type AcceptedResponse,
  acceptResponse,
  decodePost,
  nameIdFormats,
  SamlRejection,
} from '@countersign/saml';
import type { AssertedIdentity, Connection } from './connection.ts';
import { withinValidity } from './certificate-validity.ts';
import { hashSecret } from './hash-secret.ts';
import type { AssertionAcceptance, ServiceProvider } from './ports.ts';
import { refusalOf, type SignInFacts, SignInRefusal } from './refusal.ts';

/** The browser follows the redirect at once; the handle is worth a session until then. */
const outcomeLifetime = 5 * 60 * 1000;

/** A form that was posted to a namespace's reply URL. */
export type AcceptSignInResponseInput = {
  namespace: string;
  /** The fields of the form as they were posted. */
  fields: { SAMLResponse?: string; RelayState?: string };
};

/**
 * Decides on an answer that was posted to the reply URL. It asks for no cookie, because a browser sends none with a
 * form that another site posts: what was verified waits under a one-time handle, to be fetched by `finishSignIn` in
 * the browser that started. Nothing is stored unless everything held (saml-profiles 4.1.4.3, 4.1.4.5).
 *
 * @returns `handle`, the one-time secret to send the browser on with, and `facts` for the log
 * @throws SignInRefusal with the code of the first check that failed
 */
export async function acceptSignInResponse(
  serviceProvider: ServiceProvider,
  input: AcceptSignInResponseInput,
): Promise<{ handle: string; facts: SignInFacts }> {
  const connection = await serviceProvider.store.findConnection(input.namespace);
  if (!connection) throw new SignInRefusal('connection-missing');
  const assertionConsumerServiceUrl = serviceProvider.assertionConsumerServiceUrl(input.namespace);
  const accepted = verify(serviceProvider, connection, assertionConsumerServiceUrl, input.fields);
  const identity = identityOf(accepted, connection);
  const facts = factsOf(identity, connection);
  const handle = serviceProvider.newSecret();
  const now = serviceProvider.now();
  const acceptance = await failingClosed(facts, () =>
    serviceProvider.store.acceptAssertion(input.namespace, {
      identity,
      connectionId: connection.id,
      assertionConsumerServiceUrl,
      handleHash: hashSecret(handle),
      now,
      outcomeExpires: now + outcomeLifetime,
      replayExpires: accepted.notOnOrAfter + serviceProvider.skewMilliseconds + 1,
    }),
  );
  if (acceptance.result === 'accepted') return { handle, facts };
  const known = acceptance.result === 'assertion-replayed' ? facts.assertionId : facts.requestId;
  const compared = 'expected' in acceptance ? acceptance : { actual: known };
  throw new SignInRefusal(acceptance.result, facts, compared);
}

async function failingClosed(
  facts: SignInFacts,
  ask: () => Promise<AssertionAcceptance>,
): Promise<AssertionAcceptance> {
  try {
    return await ask();
  } catch (cause) {
    throw new SignInRefusal('replay-store-unavailable', facts, { cause });
  }
}

function verify(
  serviceProvider: ServiceProvider,
  connection: Connection,
  assertionConsumerServiceUrl: string,
  fields: { SAMLResponse?: string; RelayState?: string },
): AcceptedResponse {
  const facts = { connectionId: connection.id };
  if (!fields.SAMLResponse) throw new SignInRefusal('response-missing', facts);
  const now = serviceProvider.now();
  try {
    const message = decodePost({
      SAMLResponse: fields.SAMLResponse,
      ...(fields.RelayState === undefined ? {} : { RelayState: fields.RelayState }),
    });
    const acceptAs = (request: 'resolved-by-caller' | 'unsolicited') => (certificates: X509Certificate[]) =>
      acceptResponse({
        message,
        identityProvider: { entityId: connection.identifier, certificates },
        serviceProvider: { entityId: serviceProvider.entityId, assertionConsumerServiceUrl },
        request,
        now,
        skewMilliseconds: serviceProvider.skewMilliseconds,
      });
    const clock = { now, skewMilliseconds: serviceProvider.skewMilliseconds, facts };
    return solicited(connection, acceptAs, (attempt) =>
      withinValidity(connection.certificates, clock, attempt),
    );
  } catch (error) {
    if (error instanceof SamlRejection) throw refusalOf(error, facts);
    throw error;
  }
}

type Attempt = (certificates: X509Certificate[]) => AcceptedResponse;

/**
 * Accepts an answer to a request. One that was started at the identity provider lacks InResponseTo in both places;
 * where that alone is wrong with it, the refusal says so, for it is nobody's mistake in the message.
 */
function solicited(
  connection: Connection,
  acceptAs: (request: 'resolved-by-caller' | 'unsolicited') => Attempt,
  within: (attempt: Attempt) => AcceptedResponse,
): AcceptedResponse {
  try {
    return within(acceptAs('resolved-by-caller'));
  } catch (error) {
    if (!(error instanceof SamlRejection) || error.code !== 'bearer-in-response-to-missing') throw error;
    const unsolicited = orUndefined(() => within(acceptAs('unsolicited')));
    if (!unsolicited) throw error;
    const { assertionId, issuer, nameId } = unsolicited;
    const facts = { connectionId: connection.id, assertionId, issuer, nameId: nameId.value };
    throw new SignInRefusal('response-unsolicited', facts, { expected: 'InResponseTo', cause: error });
  }
}

function orUndefined<R>(ask: () => R): R | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof SamlRejection) return undefined;
    throw error;
  }
}

function identityOf(accepted: AcceptedResponse, connection: Connection): AssertedIdentity {
  const requestId = accepted.inResponseTo;
  // The engine was told that there must be one; without it nothing may be looked up.
  if (requestId === undefined)
    throw new SignInRefusal('response-unsolicited', { connectionId: connection.id });
  return {
    issuer: accepted.issuer,
    // A format that is absent is the unspecified one, so that an account is found by either (saml-core 2.2.2).
    nameId: { ...accepted.nameId, format: accepted.nameId.format ?? nameIdFormats.unspecified },
    attributes: accepted.attributes,
    assertionId: accepted.assertionId,
    requestId,
    authnInstant: accepted.authnInstant,
    ...(accepted.authnContextClassRef === undefined
      ? {}
      : { authnContextClassRef: accepted.authnContextClassRef }),
    ...(accepted.sessionIndex === undefined ? {} : { sessionIndex: accepted.sessionIndex }),
    ...(accepted.sessionNotOnOrAfter === undefined
      ? {}
      : { sessionNotOnOrAfter: accepted.sessionNotOnOrAfter }),
  };
}

/** What the log may say about a verified identity. */
export function factsOf(identity: AssertedIdentity, connection: { id: string }): SignInFacts {
  return {
    connectionId: connection.id,
    requestId: identity.requestId,
    assertionId: identity.assertionId,
    issuer: identity.issuer,
    nameId: identity.nameId.value,
  };
}
