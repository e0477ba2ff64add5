/**
 * Every table of the identity provider as Kysely sees it. Columns carry the name of the Graph property
 * they hold; times are epoch milliseconds, booleans 0 or 1, `Json` columns opaque text.
 * `idp/migrations/` makes them; a test proves that both say the same.
 */
export type Bit = 0 | 1;
type Json = string;
type Millis = number;

export type TenantRow = { id: string; displayName: string; issuer: string; createdDateTime: Millis };

export type VerifiedDomainRow = { name: string; tenantId: string; isDefault: Bit };

export type UserRow = {
  tenantId: string;
  id: string;
  userPrincipalName: string;
  /** Lower-cased user principal name: unique within the tenant, what sign-in looks up. */
  userPrincipalNameKey: string;
  displayName: string;
  mailNickname: string;
  mail: string | null;
  givenName: string | null;
  surname: string | null;
  jobTitle: string | null;
  department: string | null;
  accountEnabled: Bit;
  /** PHC string of argon2id; null when no password was ever set. */
  passwordHash: string | null;
  forceChangePasswordNextSignIn: Bit;
  lastPasswordChangeDateTime: Millis | null;
  failedSignInCount: number;
  lockedUntilDateTime: Millis | null;
  createdDateTime: Millis;
};

export type GroupRow = {
  tenantId: string;
  id: string;
  displayName: string;
  description: string | null;
  mailNickname: string;
  mailEnabled: Bit;
  securityEnabled: Bit;
  createdDateTime: Millis;
};

export type GroupMemberRow = { tenantId: string; groupId: string; userId: string };

export type RoleAssignmentRow = {
  tenantId: string;
  id: string;
  roleDefinitionId: string;
  principalId: string;
  createdDateTime: Millis;
};

export type ApplicationRow = {
  tenantId: string;
  id: string;
  appId: string;
  displayName: string;
  applicationTemplateId: string | null;
  appRoles: Json;
  createdDateTime: Millis;
};

/** Identifier (Entity ID). Unique within the tenant: the primary key is the rule. */
export type IdentifierUriRow = {
  tenantId: string;
  identifierUri: string;
  applicationId: string;
  position: number;
};

/** Reply URL (assertion consumer service). `position` is its index in the screen's list. */
export type ReplyUrlRow = {
  tenantId: string;
  applicationId: string;
  uri: string;
  position: number;
  isDefault: Bit;
};

export type ServicePrincipalRow = {
  tenantId: string;
  id: string;
  applicationId: string;
  appId: string;
  displayName: string;
  accountEnabled: Bit;
  appRoleAssignmentRequired: Bit;
  loginUrl: string | null;
  logoutUrl: string | null;
  preferredSingleSignOnMode: string | null;
  preferredTokenSigningKeyThumbprint: string | null;
  relayState: string | null;
  notes: string | null;
  tags: Json;
  notificationEmailAddresses: Json;
  createdDateTime: Millis;
};

export type SigningCertificateRow = {
  tenantId: string;
  id: string;
  servicePrincipalId: string;
  displayName: string;
  /** SHA-1 of the DER, upper-case hex. */
  thumbprint: string;
  startDateTime: Millis;
  endDateTime: Millis;
  /** DER in base64. */
  certificate: string;
  /** PKCS #8 encrypted under the master key. */
  privateKey: string;
  createdDateTime: Millis;
};

export type AppRoleAssignmentRow = {
  tenantId: string;
  id: string;
  /** Object id of the service principal. */
  resourceId: string;
  principalId: string;
  principalType: 'User' | 'Group';
  appRoleId: string;
  createdDateTime: Millis;
};

export type SessionRow = {
  tenantId: string;
  /** SHA-256 of the secret half of the cookie, hex. */
  secretHash: string;
  userId: string;
  authenticationInstant: Millis;
  authenticationMethods: Json;
  createdDateTime: Millis;
  lastSeenDateTime: Millis;
  expiresDateTime: Millis;
};

/** An accepted AuthnRequest (or a launch without one) that waits for its person. */
export type PendingRequestRow = {
  tenantId: string;
  handleHash: string;
  /** SHA-256 of the browser cookie the request is bound to. */
  browserHash: string;
  servicePrincipalId: string;
  /** AcceptedAuthnRequest of the engine; for an IdP-initiated launch without requestId. */
  request: Json;
  correlationId: string;
  /** Ask for the account for this one request and leave the session alone. */
  asksForAccount: Bit;
  /** Who signed in for this one request, where `asksForAccount` or ForceAuthn asked for it. */
  userId: string | null;
  authenticationInstant: Millis | null;
  authenticationMethods: Json | null;
  createdDateTime: Millis;
  expiresDateTime: Millis;
  consumedDateTime: Millis | null;
};

/** "Sign in as someone else": the next request of this application from this browser asks for the account. */
export type AccountPromptRow = {
  tenantId: string;
  browserHash: string;
  servicePrincipalId: string;
  expiresDateTime: Millis;
};

export type SignInRow = {
  tenantId: string;
  /** The request id shown on the error page. */
  id: string;
  createdDateTime: Millis;
  correlationId: string;
  userId: string | null;
  userPrincipalName: string | null;
  userDisplayName: string | null;
  appId: string | null;
  appDisplayName: string | null;
  servicePrincipalId: string | null;
  ipAddress: string;
  userAgent: string | null;
  clientAppUsed: string;
  authenticationMethods: Json;
  /** 0 is success; otherwise the digits of AADSTSnnnnn. */
  errorCode: number;
  failureReason: string | null;
  additionalDetails: string | null;
  status: 'success' | 'failure' | 'interrupted';
  /** ID of the AuthnRequest, where there was one. */
  samlRequestId: string | null;
  /** ID of the assertion that was issued. */
  assertionId: string | null;
};

export type DirectoryAuditRow = {
  tenantId: string;
  id: string;
  activityDateTime: Millis;
  activityDisplayName: string;
  category: string;
  result: 'success' | 'failure';
  resultReason: string | null;
  correlationId: string;
  initiatedBy: Json;
  targetResources: Json;
};

export type Tables = {
  tenants: TenantRow;
  verifiedDomains: VerifiedDomainRow;
  users: UserRow;
  groups: GroupRow;
  groupMembers: GroupMemberRow;
  roleAssignments: RoleAssignmentRow;
  applications: ApplicationRow;
  identifierUris: IdentifierUriRow;
  replyUrls: ReplyUrlRow;
  servicePrincipals: ServicePrincipalRow;
  signingCertificates: SigningCertificateRow;
  appRoleAssignments: AppRoleAssignmentRow;
  sessions: SessionRow;
  pendingRequests: PendingRequestRow;
  accountPrompts: AccountPromptRow;
  signIns: SignInRow;
  directoryAudits: DirectoryAuditRow;
};
