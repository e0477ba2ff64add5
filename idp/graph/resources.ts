/**
 * The resources of the API under `/v1.0` as they travel: what a script, the portal and the server agree on.
 * Names and shapes follow Microsoft Graph; what Graph does not have is marked "ours". Only types live here.
 */

/** ISO 8601 in UTC with milliseconds, `2026-11-23T16:00:00.000Z`. */
export type DateTime = string;

/** A page of a list. `@odata.nextLink` is a complete URL to be used as it is; it is absent on the last page. */
export type Collection<T> = {
  '@odata.context': string;
  /** Only where `$count=true` was asked for, and only on the first page. */
  '@odata.count'?: number;
  '@odata.nextLink'?: string;
  value: T[];
};

/** The body of every refusal. `message` is made for people. */
export type ErrorBody = {
  error: {
    code: ErrorCode;
    message: string;
    /** One entry per property at fault; `target` is its path, `web.redirectUris.0` for instance. */
    details?: { code: string; message: string; target?: string }[];
    innerError: { date: DateTime; 'request-id': string; 'client-request-id': string };
  };
};

export type ErrorCode =
  | 'Request_BadRequest'
  | 'Request_ResourceNotFound'
  | 'Request_MultipleObjectsWithSameKeyValue'
  | 'Request_UnsupportedMediaType'
  | 'Request_TooLarge'
  | 'Authorization_RequestDenied'
  | 'InvalidAuthenticationToken'
  | 'ServiceUnavailable'
  | 'InternalServerError';

/** GET /organization (a collection of one). */
export type Organization = {
  id: string;
  displayName: string;
  createdDateTime: DateTime;
  verifiedDomains: { name: string; isDefault: boolean }[];
  /** Ours: what a service provider is told about this identity provider. */
  samlIdentityProvider: {
    /** Countersign Identifier. */
    entityId: string;
    loginUrl: string;
    logoutUrl: string;
  };
};

/** GET /domains. */
export type Domain = { id: string; isDefault: boolean; isVerified: true };

/** GET /users, /users/{id or user principal name}, /me. */
export type User = {
  id: string;
  userPrincipalName: string;
  displayName: string;
  mailNickname: string;
  mail: string | null;
  givenName: string | null;
  surname: string | null;
  jobTitle: string | null;
  department: string | null;
  accountEnabled: boolean;
  userType: 'Member';
  lastPasswordChangeDateTime: DateTime | null;
  createdDateTime: DateTime;
};

export type PasswordProfile = {
  password: string;
  /** Left out: true. */
  forceChangePasswordNextSignIn?: boolean;
};

/** POST /users. */
export type NewUser = {
  accountEnabled: boolean;
  displayName: string;
  mailNickname: string;
  userPrincipalName: string;
  passwordProfile: PasswordProfile;
  mail?: string | null;
  givenName?: string | null;
  surname?: string | null;
  jobTitle?: string | null;
  department?: string | null;
};

/** PATCH /users/{id}; `passwordProfile` resets the password and ends the user's sessions. */
export type UserUpdate = Partial<NewUser>;

/** GET /groups. */
export type Group = {
  id: string;
  displayName: string;
  description: string | null;
  mailNickname: string;
  mailEnabled: boolean;
  securityEnabled: boolean;
  groupTypes: [];
  createdDateTime: DateTime;
};

/** POST /groups. */
export type NewGroup = {
  displayName: string;
  description?: string | null;
  mailNickname: string;
  mailEnabled: false;
  securityEnabled: true;
};

/** PATCH /groups/{id}. */
export type GroupUpdate = Partial<Pick<NewGroup, 'displayName' | 'description' | 'mailNickname'>>;

/** GET /groups/{id}/members. */
export type GroupMember = Pick<User, 'id' | 'displayName' | 'userPrincipalName' | 'mail'> & {
  '@odata.type': '#microsoft.graph.user';
};

/** POST /groups/{id}/members/$ref; only the last segment of the address counts: the user's id. */
export type Reference = { '@odata.id': string };

/** GET /roleManagement/directory/roleDefinitions. `templateId` equals `id`. */
export type RoleDefinition = {
  id: string;
  templateId: string;
  displayName: string;
  description: string;
  isBuiltIn: true;
  isEnabled: true;
};

/** GET, POST /roleManagement/directory/roleAssignments. */
export type RoleAssignment = {
  id: string;
  roleDefinitionId: string;
  principalId: string;
  directoryScopeId: '/';
  /** Ours. */
  createdDateTime: DateTime;
};

export type NewRoleAssignment = { roleDefinitionId: string; principalId: string; directoryScopeId: '/' };

/** GET /me/transitiveMemberOf/microsoft.graph.directoryRole: my administrator roles. */
export type DirectoryRole = { id: string; roleTemplateId: string; displayName: string; description: string };

/** Where a value of the SAML settings comes from, by template. Patterns carry `<PLACEHOLDER>`s and warn, they never refuse. */
export type ConfigurationUri = {
  usage: 'identifierUri' | 'redirectUri' | 'loginUrl' | 'logoutUrl';
  isRequired: boolean;
  /** Fixed values, or patterns with `<PLACEHOLDER>`. */
  values: string[];
  examples: string[];
  appliesToSingleSignOnMode: 'saml';
  /** The value is the same in every organisation: filled in when the application is added. */
  isFixed: boolean;
};

/** GET /applicationTemplates. */
export type ApplicationTemplate = {
  id: string;
  displayName: string;
  publisher: string;
  description: string;
  homePageUrl: string | null;
  logoUrl: string | null;
  categories: string[];
  supportedSingleSignOnModes: ('saml' | 'notSupported')[];
  supportedProvisioningTypes: [];
  /** Ours from here on. */
  singleSignOnInitiation: 'sp' | 'idp' | 'both';
  configurationUris: ConfigurationUri[];
  appRoles: AppRole[];
  /** What the other side asks for, by its own labels; `null` where it does not ask. */
  applicationSettings: {
    /** Where the page is found there, outermost first. */
    path: string[];
    certificateFormat: 'base64' | 'raw' | 'metadata' | 'thumbprint';
    fields: { value: 'certificate' | 'thumbprint' | 'loginUrl' | 'entityId' | 'logoutUrl'; label: string }[];
  } | null;
  setUpSteps: { side: 'identityProvider' | 'application'; text: string }[];
};

/** POST /applicationTemplates/{id}/instantiate; answered with 201. */
export type InstantiateRequest = { displayName: string };
export type ApplicationServicePrincipal = {
  '@odata.context': string;
  application: Application;
  servicePrincipal: ServicePrincipal;
};

export type AppRole = {
  id: string;
  displayName: string;
  description: string;
  /** What the role claim carries; null: nothing. */
  value: string | null;
  isEnabled: boolean;
  allowedMemberTypes: 'User'[];
};

/** GET /applications. */
export type Application = {
  id: string;
  appId: string;
  applicationTemplateId: string | null;
  displayName: string;
  createdDateTime: DateTime;
  signInAudience: 'AzureADMyOrg';
  /** Identifier (Entity ID); the first one is the default. Unique in the organisation. */
  identifierUris: string[];
  appRoles: AppRole[];
  /** The reply URL used where a request names none. */
  defaultRedirectUri: string | null;
  web: {
    /** Reply URLs (assertion consumer service) in order. */
    redirectUris: string[];
    redirectUriSettings: { uri: string; index: number }[];
  };
};

/** PATCH /applications/{id}. Lists are replaced as a whole. */
export type ApplicationUpdate = {
  displayName?: string;
  identifierUris?: string[];
  defaultRedirectUri?: string | null;
  web?: { redirectUris?: string[]; redirectUriSettings?: { uri: string; index: number }[] };
  appRoles?: AppRole[];
};

export type KeyCredential = {
  keyId: string;
  displayName: string;
  type: 'AsymmetricX509Cert';
  usage: 'Verify';
  /** SHA-1 of the certificate, upper-case hex (ours; Graph only has `customKeyIdentifier`). */
  thumbprint: string;
  /** The same, base64 of the raw bytes. */
  customKeyIdentifier: string;
  startDateTime: DateTime;
  endDateTime: DateTime;
  /** Base64 DER; null unless `$select=keyCredentials` is asked for on one service principal. */
  key: string | null;
};

/** GET /servicePrincipals: what the screen calls an enterprise application. */
export type ServicePrincipal = {
  id: string;
  appId: string;
  displayName: string;
  accountEnabled: boolean;
  appRoleAssignmentRequired: boolean;
  appRoles: AppRole[];
  createdDateTime: DateTime;
  servicePrincipalType: 'Application';
  servicePrincipalNames: string[];
  /** Sign on URL. */
  loginUrl: string | null;
  logoutUrl: string | null;
  notes: string | null;
  notificationEmailAddresses: string[];
  preferredSingleSignOnMode: 'saml' | 'notSupported' | null;
  preferredTokenSigningKeyThumbprint: string | null;
  samlSingleSignOnSettings: { relayState: string | null } | null;
  /** `HideApp` takes the tile off My Apps. */
  tags: string[];
  keyCredentials: KeyCredential[];
  /** Of the application, read-only here. */
  replyUrls: string[];
  /** Ours from here on. */
  identifierUris: string[];
  /** Object id of the application. */
  applicationId: string;
  applicationTemplateId: string | null;
  federationMetadataUrl: string;
  userAccessUrl: string;
};

/** PATCH /servicePrincipals/{id}. */
export type ServicePrincipalUpdate = {
  displayName?: string;
  accountEnabled?: boolean;
  appRoleAssignmentRequired?: boolean;
  loginUrl?: string | null;
  logoutUrl?: string | null;
  notes?: string | null;
  notificationEmailAddresses?: string[];
  preferredSingleSignOnMode?: 'saml' | 'notSupported' | null;
  preferredTokenSigningKeyThumbprint?: string;
  samlSingleSignOnSettings?: { relayState: string | null } | null;
  tags?: string[];
};

/** POST /servicePrincipals/{id}/addTokenSigningCertificate; `endDateTime` left out: three years from now. */
export type NewTokenSigningCertificate = { displayName?: string; endDateTime?: DateTime };
export type SelfSignedCertificate = KeyCredential & { '@odata.context': string; key: string };

/** GET, POST /servicePrincipals/{id}/appRoleAssignedTo; GET /users/{id}/appRoleAssignments. */
export type AppRoleAssignment = {
  id: string;
  /** The zero GUID is Default Access. */
  appRoleId: string;
  createdDateTime: DateTime;
  deletedDateTime: null;
  principalDisplayName: string;
  principalId: string;
  principalType: 'User' | 'Group';
  resourceDisplayName: string;
  resourceId: string;
};

export type NewAppRoleAssignment = { principalId: string; resourceId: string; appRoleId: string };

/** GET /me/appRoleAssignedResources: the tiles of My Apps. */
export type AssignedResource = Pick<
  ServicePrincipal,
  'id' | 'appId' | 'displayName' | 'applicationTemplateId' | 'loginUrl' | 'userAccessUrl'
>;

/** GET /auditLogs/signIns, newest first. */
export type SignIn = {
  id: string;
  createdDateTime: DateTime;
  correlationId: string;
  userId: string | null;
  userPrincipalName: string | null;
  userDisplayName: string | null;
  appId: string | null;
  appDisplayName: string | null;
  servicePrincipalId: string | null;
  ipAddress: string;
  clientAppUsed: string;
  isInteractive: true;
  conditionalAccessStatus: 'notApplied';
  authenticationRequirement: 'singleFactorAuthentication';
  status: { errorCode: number; failureReason: string | null; additionalDetails: string | null };
  deviceDetail: { browser: string | null };
  /** Ours from here on. */
  outcome: 'success' | 'failure' | 'interrupted';
  authenticationMethods: string[];
  samlRequestId: string | null;
  assertionId: string | null;
};

/** GET /auditLogs/directoryAudits, newest first. */
export type DirectoryAudit = {
  id: string;
  activityDateTime: DateTime;
  activityDisplayName: string;
  category: AuditCategory;
  correlationId: string;
  loggedByService: 'Core Directory';
  result: 'success' | 'failure';
  resultReason: string | null;
  initiatedBy: AuditInitiator;
  targetResources: AuditTarget[];
};

export type AuditCategory = 'ApplicationManagement' | 'GroupManagement' | 'UserManagement' | 'RoleManagement';

/** A person, or the product itself (`app`) when it sets up the first organisation. */
export type AuditInitiator =
  | { user: { id: string; displayName: string; userPrincipalName: string; ipAddress: string | null } }
  | { app: { displayName: string } };

export type AuditTarget = {
  id: string;
  displayName: string;
  type: 'User' | 'Group' | 'Role' | 'Application' | 'ServicePrincipal';
  userPrincipalName?: string;
  /** JSON text of the old and the new value; never a secret. */
  modifiedProperties: { displayName: string; oldValue: string | null; newValue: string | null }[];
};
