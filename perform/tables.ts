import type { SpKitTables } from '@countersign/sp-kit';

export type Bit = 0 | 1;
export type Role = 'administrator' | 'employee';
/** created: cannot sign in yet · active · terminated: kept, cannot sign in. */
export type PersonStatus = 'created' | 'active' | 'terminated';
export type SignInMethod = 'password' | 'saml';
type Millis = number;

export type NamespaceRow = {
  /** What people type as company name, and the tenant's id everywhere: lower case. */
  namespace: string;
  displayName: string;
  ssoInPlan: Bit;
  createdDateTime: Millis;
};

export type PersonRow = {
  namespace: string;
  id: string;
  /** What the NameID must equal, octet for octet. */
  userName: string;
  /** Lower-cased user name: unique, and what password sign-in looks up. */
  userNameKey: string;
  givenName: string;
  surname: string;
  mail: string;
  role: Role;
  status: PersonStatus;
  /** PHC string of argon2id; null where the person has none and signs in with single sign-on only. */
  passwordHash: string | null;
  failedSignInCount: number;
  lockedUntilDateTime: Millis | null;
  lastSignInDateTime: Millis | null;
  createdDateTime: Millis;
};

export type SessionRow = {
  namespace: string;
  secretHash: string;
  personId: string;
  method: SignInMethod;
  /** Single sign-on only: who said who it is, and as what. */
  issuer: string | null;
  nameId: string | null;
  nameIdFormat: string | null;
  sessionIndex: string | null;
  createdDateTime: Millis;
  expiresDateTime: Millis;
};

export type SignInRow = {
  namespace: string;
  /** The reference that the person was shown. */
  id: string;
  createdDateTime: Millis;
  method: SignInMethod;
  /** `signed-in`, or the code of the refusal. */
  code: string;
  says: string;
  /** Who must act on a refusal; null after a success. */
  whoActs: string | null;
  personId: string | null;
  userName: string | null;
  expected: string | null;
  actual: string | null;
  requestId: string | null;
  assertionId: string | null;
  issuer: string | null;
  ipAddress: string;
  userAgent: string | null;
};

export type AuditRow = {
  namespace: string;
  id: string;
  createdDateTime: Millis;
  /** Null where an operator's command did it. */
  actorId: string | null;
  actorName: string;
  activity: string;
  target: string;
  /** JSON: what was changed, before and after; never a secret. */
  details: string;
};

/** Perform's own tables; `migrations/` makes them. */
export type OwnTables = {
  namespaces: NamespaceRow;
  people: PersonRow;
  sessions: SessionRow;
  signIns: SignInRow;
  audits: AuditRow;
};

/** Every table in Perform's database as Kysely sees it; a test proves that the migrations make the same. */
export type Tables = OwnTables & SpKitTables;
