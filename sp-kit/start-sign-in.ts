import { createAuthnRequest, newMessageId } from '@countersign/saml';
import { hashSecret } from './hash-secret.ts';
import type { ServiceProvider } from './ports.ts';
import { SignInRefusal } from './refusal.ts';

/** A person may have to find a second factor or set a new password at the identity provider. */
const requestLifetime = 60 * 60 * 1000;

/** Who begins a sign-in, where, and on the way to what. */
export type StartSignInInput = {
  namespace: string;
  /** The value of the cookie that marks this browser; `finishSignIn` asks for it again. */
  browser: string;
  /** Where the person was going. Kept at this side and handed back by `finishSignIn`; check it is local before. */
  returnTo?: string;
};

/**
 * Begins a sign-in: remembers a request that is bound to the namespace, its identity provider, its reply URL and this
 * browser, and answers the address to send the browser to (saml-profiles 4.1.3.1, saml-bindings 3.4).
 *
 * @throws SignInRefusal `connection-missing` where the namespace has no connection
 */
export async function startSignIn(
  serviceProvider: ServiceProvider,
  input: StartSignInInput,
): Promise<{ url: string; requestId: string }> {
  const connection = await serviceProvider.store.findConnection(input.namespace);
  if (!connection) throw new SignInRefusal('connection-missing');
  const now = serviceProvider.now();
  const requestId = newMessageId();
  const assertionConsumerServiceUrl = serviceProvider.assertionConsumerServiceUrl(input.namespace);
  const { url } = createAuthnRequest({
    id: requestId,
    now,
    issuer: serviceProvider.entityId,
    destination: connection.loginUrl,
    assertionConsumerServiceUrl,
  });
  await serviceProvider.store.rememberRequest(input.namespace, {
    id: requestId,
    connectionId: connection.id,
    identityProvider: connection.identifier,
    assertionConsumerServiceUrl,
    browserHash: hashSecret(input.browser),
    ...(input.returnTo === undefined ? {} : { returnTo: input.returnTo }),
    createdDateTime: now,
    expiresDateTime: now + requestLifetime,
  });
  return { url, requestId };
}
