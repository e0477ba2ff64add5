import { type AcceptedResponse, acceptResponse, decodePost, SamlRejection } from '@countersign/saml';
import type { AssertedIdentity, Connection } from './connection.ts';
import { withinValidity } from './certificate-validity.ts';
import { hashSecret } from './hash-secret.ts';
import type { AssertionAcceptance, ServiceProvider } from './ports.ts';
import { refusalOf, type SignInFacts, SignInRefusal } from './refusal.ts';

/** The browser follows the redirect at once; the handle is worth a session until then. */
const outcomeLifetime = 5 * 60 * 1000;

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
  if (acceptance.result !== 'accepted')
    throw new SignInRefusal(acceptance.result, facts, {
      expected: 'expected' in acceptance ? acceptance.expected : undefined,
      actual: 'actual' in acceptance ? acceptance.actual : (facts.requestId ?? undefined),
    });
  return { handle, facts };
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
    return withinValidity(
      connection.certificates,
      { now, skewMilliseconds: serviceProvider.skewMilliseconds, facts },
      (certificates) =>
        acceptResponse({
          message,
          identityProvider: { entityId: connection.identifier, certificates },
          serviceProvider: { entityId: serviceProvider.entityId, assertionConsumerServiceUrl },
          request: 'resolved-by-caller',
          now,
          skewMilliseconds: serviceProvider.skewMilliseconds,
        }),
    );
  } catch (error) {
    if (error instanceof SamlRejection) throw refusalOf(error, facts);
    throw error;
  }
}

function identityOf(accepted: AcceptedResponse, connection: Connection): AssertedIdentity {
  const requestId = accepted.inResponseTo;
  if (requestId === undefined)
    throw new SignInRefusal('response-unsolicited', {
      connectionId: connection.id,
      assertionId: accepted.assertionId,
      issuer: accepted.issuer,
      nameId: accepted.nameId.value,
    });
  return {
    issuer: accepted.issuer,
    nameId: accepted.nameId,
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
