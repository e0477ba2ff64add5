import type { AssertedIdentity, Connection, PendingRequest } from './connection.ts';

/** The connections of all customers. */
export type ConnectionStore = {
  findConnection(namespace: string): Promise<Connection | undefined>;
  /** Makes the namespace's connection or replaces its values; answers the id it has. */
  saveConnection(namespace: string, connection: Connection): Promise<string>;
};

/** What `acceptAssertion` decides on: all of it verified, but for what the store alone knows. */
export type AssertionUse = {
  identity: AssertedIdentity;
  connectionId: string;
  assertionConsumerServiceUrl: string;
  handleHash: string;
  now: number;
  /** Until when the outcome may be fetched. Epoch milliseconds. */
  outcomeExpires: number;
  /** Until when the record that the assertion was used must be kept. Epoch milliseconds. */
  replayExpires: number;
};

/** What became of an assertion at the store; everything but `accepted` leaves the store as it was. */
export type AssertionAcceptance =
  | { result: 'accepted' }
  | { result: 'assertion-replayed' | 'request-unknown' | 'request-used' | 'request-expired' }
  | {
      result: 'request-for-another-identity-provider' | 'request-for-another-reply-url';
      expected: string;
      actual: string;
    };

/** A verified sign-in that waits for the browser that started it. */
export type Outcome = {
  connectionId: string;
  identity: AssertedIdentity;
  browserHash: string;
  returnTo?: string;
};

/**
 * Requests, used assertions and outcomes. It is not optional: without it nothing can be accepted. A method that
 * cannot answer must throw, and the sign-in is then refused.
 */
export type SignInStore = {
  rememberRequest(namespace: string, request: PendingRequest): Promise<void>;
  /** In one step that either happens wholly or not at all: mark the assertion used, consume the request, keep the outcome. */
  acceptAssertion(namespace: string, use: AssertionUse): Promise<AssertionAcceptance>;
  /**
   * Takes an outcome out, once, if it was bound to this browser. An outcome of another browser stays.
   * Exactly one of several callers at the same moment gets it.
   */
  takeOutcome(
    namespace: string,
    handleHash: string,
    browserHash: string,
    now: number,
  ): Promise<Outcome | 'outcome-unknown' | 'other-browser'>;
};

/** By what an account is found again: never by an address or name alone, always by who says it. */
export type AccountLinkKey = {
  connectionId: string;
  issuer: string;
  nameIdFormat: string;
  nameQualifier: string;
  spNameQualifier: string;
  nameId: string;
};

/** Which account of the application an asserted identity belongs to. */
export type AccountLinkStore = {
  findLinkedAccount(namespace: string, key: AccountLinkKey): Promise<string | undefined>;
  /** Remembers the account of an identity; a link that is there already is kept. Answers the account linked now. */
  linkAccount(namespace: string, key: AccountLinkKey, accountId: string, now: number): Promise<string>;
  /** Forgets every link of an account that is deleted or given to somebody else. */
  unlinkAccount(namespace: string, accountId: string): Promise<void>;
};

/** Everything the kit is handed; it reaches for nothing by itself. */
export type ServiceProvider = {
  /** This application's entity ID, the same for all customers. */
  entityId: string;
  /** The one address of a namespace at which answers are taken, query string included. */
  assertionConsumerServiceUrl(namespace: string): string;
  store: ConnectionStore & SignInStore & AccountLinkStore;
  /** Epoch milliseconds. */
  now(): number;
  /** A fresh id for a row. */
  newId(): string;
  /** A fresh secret of 256 random bits in characters that need no escaping in a URL or cookie. */
  newSecret(): string;
  /** How far the clocks of both sides may differ; 0 to 180,000 milliseconds. */
  skewMilliseconds: number;
};
