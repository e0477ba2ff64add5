/** The kit's tables as Kysely sees them; an application adds them to its own. `migrations.ts` makes them. */
export type SpKitTables = {
  samlConnections: {
    namespace: string;
    id: string;
    identifier: string;
    loginUrl: string;
    logoutUrl: string;
    /** JSON array of PEM texts. */
    certificates: string;
    createdDateTime: number;
    lastModifiedDateTime: number;
  };
  samlRequests: {
    namespace: string;
    id: string;
    connectionId: string;
    identityProvider: string;
    assertionConsumerServiceUrl: string;
    browserHash: string;
    returnTo: string | null;
    createdDateTime: number;
    expiresDateTime: number;
    consumedDateTime: number | null;
  };
  /** One row for each assertion that was accepted, kept for as long as it could be accepted again. */
  samlUsedAssertions: {
    namespace: string;
    /** SHA-256 over issuer and assertion ID: an ID may be longer than an index entry. */
    assertionHash: string;
    issuer: string;
    assertionId: string;
    usedDateTime: number;
    expiresDateTime: number;
  };
  samlOutcomes: {
    namespace: string;
    handleHash: string;
    connectionId: string;
    requestId: string;
    /** JSON of AssertedIdentity. */
    identity: string;
    browserHash: string;
    returnTo: string | null;
    expiresDateTime: number;
    consumedDateTime: number | null;
  };
  samlAccountLinks: {
    namespace: string;
    /** SHA-256 over the whole key, which may be longer than an index entry. */
    linkHash: string;
    connectionId: string;
    issuer: string;
    nameIdFormat: string;
    nameQualifier: string;
    spNameQualifier: string;
    nameId: string;
    accountId: string;
    createdDateTime: number;
  };
};
