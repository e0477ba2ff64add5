/**
 * What a customer told this application about its identity provider. One namespace (customer, company, workspace)
 * has one connection today; every key carries the connection's id so that several can follow.
 */
export type Connection = {
  id: string;
  /** The identity provider's entity ID; compared octet for octet with the Issuer of what it says. */
  identifier: string;
  /** Where a request is sent by the Redirect binding. */
  loginUrl: string;
  /** Where signing out would be told; empty when the customer gave none. */
  logoutUrl: string;
  /** PEM, in the order in which they were pasted. An assertion may be signed with any of them that is valid now. */
  certificates: string[];
  /** Epoch milliseconds. */
  createdDateTime: number;
  lastModifiedDateTime: number;
};

/** A request that was sent and awaits its one answer. */
export type PendingRequest = {
  /** The ID of the AuthnRequest, which InResponseTo must name. */
  id: string;
  connectionId: string;
  /** Entity ID of the identity provider the request was sent to. */
  identityProvider: string;
  assertionConsumerServiceUrl: string;
  /** SHA-256 of the value in the browser's cookie, hexadecimal. */
  browserHash: string;
  /** Where the person was going, as the application gave it. */
  returnTo?: string;
  createdDateTime: number;
  expiresDateTime: number;
};

/** The person as the identity provider named them, and the keys of the record that says so. */
export type AssertedIdentity = {
  issuer: string;
  nameId: { value: string; format: string; nameQualifier?: string; spNameQualifier?: string };
  attributes: { name: string; nameFormat?: string; values: string[] }[];
  assertionId: string;
  requestId: string;
  /** Epoch milliseconds. */
  authnInstant: number;
  authnContextClassRef?: string;
  sessionIndex?: string;
  /** A session made of this identity must end by then. Epoch milliseconds. */
  sessionNotOnOrAfter?: number;
};
