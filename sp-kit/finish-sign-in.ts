import { factsOf } from './accept-response.ts';
import type { AssertedIdentity } from './connection.ts';
import { hashSecret } from './hash-secret.ts';
import type { AccountLinkKey, ServiceProvider } from './ports.ts';
import { type SignInFacts, SignInRefusal } from './refusal.ts';

/** The browser that comes back with its handle. */
export type FinishSignInInput = {
  namespace: string;
  /** From the address of the redirect that `acceptSignInResponse` led to. */
  handle: string;
  /** The cookie's value, undefined where the browser sent none. */
  browser: string | undefined;
};

/** Who it is, and where they were going. */
export type FinishedSignIn = {
  identity: AssertedIdentity;
  /** The account this identity was linked to at an earlier sign-in; undefined at the first. */
  accountId: string | undefined;
  returnTo?: string;
  facts: SignInFacts;
  /**
   * Links this identity to the account the application found for it and answers the account that is linked now:
   * another request may have linked the same identity first.
   */
  link(accountId: string): Promise<string>;
};

/**
 * Ends a sign-in in the browser that began it: takes the outcome, once, and says who it is. The application then
 * looks whether that person may come in and only after that makes its session.
 *
 * @throws SignInRefusal `outcome-unknown`, `other-browser`
 */
export async function finishSignIn(
  serviceProvider: ServiceProvider,
  input: FinishSignInInput,
): Promise<FinishedSignIn> {
  const { store } = serviceProvider;
  const outcome = await store.takeOutcome(
    input.namespace,
    hashSecret(input.handle),
    // An absent cookie is a browser that never started anything: no value hashes to the empty string.
    input.browser === undefined ? '' : hashSecret(input.browser),
    serviceProvider.now(),
  );
  if (typeof outcome === 'string') throw new SignInRefusal(outcome);
  const { identity, connectionId } = outcome;
  const key = linkKeyOf(connectionId, identity);
  return {
    identity,
    accountId: await store.findLinkedAccount(input.namespace, key),
    ...(outcome.returnTo === undefined ? {} : { returnTo: outcome.returnTo }),
    facts: factsOf(identity, { id: connectionId }),
    link: (accountId) => store.linkAccount(input.namespace, key, accountId, serviceProvider.now()),
  };
}

/** By what an identity is found again (saml-core 8.3: a NameID means something only with its format and qualifiers). */
export function linkKeyOf(connectionId: string, identity: AssertedIdentity): AccountLinkKey {
  return {
    connectionId,
    issuer: identity.issuer,
    nameIdFormat: identity.nameId.format,
    nameQualifier: identity.nameId.nameQualifier ?? '',
    spNameQualifier: identity.nameId.spNameQualifier ?? '',
    nameId: identity.nameId.value,
  };
}
