/**
 * What signing in needs to know of single sign-on requests that wait for their person. Single sign-on implements it;
 * signing in does not know SAML.
 */
export type WaitingRequests = {
  /** The request behind a handle, if it still waits and waits in this browser. */
  find(handle: string, browserHash: string | null): Promise<WaitingRequest | null>;
  /** Notes who signed in for this one request. False when it no longer waits. */
  attach(handle: string, browserHash: string, who: SignedIn): Promise<boolean>;
};

export type WaitingRequest = {
  tenantId: string;
  servicePrincipal: { id: string; appId: string; displayName: string };
  correlationId: string;
  samlRequestId: string | null;
  /** What the application thinks the user name is. */
  loginHint: string | null;
  /** The browser's session stays as it is; who signs in counts for this request only. */
  asksForAccount: boolean;
  /** Local path where the decision is taken again. */
  continueAt: string;
};

/** Who signed in, when (epoch milliseconds) and how. */
export type SignedIn = { userId: string; authenticationInstant: number; authenticationMethods: string[] };
