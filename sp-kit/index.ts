/**
 * SAML sign-in for an application with many customers: one connection per namespace, three calls per sign-in
 * (`startSignIn`, `acceptSignInResponse`, `finishSignIn`), everything kept in the application's own database.
 */

// One sign-in, in this order
export { startSignIn, type StartSignInInput } from './start-sign-in.ts';
export { acceptSignInResponse, type AcceptSignInResponseInput } from './accept-response.ts';
export { finishSignIn, type FinishedSignIn, type FinishSignInInput } from './finish-sign-in.ts';

// What customers set up themselves
export {
  type CertificateSummary,
  type ConnectionField,
  connectionFields,
  type ConnectionForm,
  type ConnectionSettings,
  type OwnAddresses,
  readConnectionSettings,
  type SettingsError,
  summarizeCertificate,
} from './connection-settings.ts';
export type { AssertedIdentity, Connection, PendingRequest } from './connection.ts';

// Refusals
export {
  type FixAt,
  type KitRefusalCode,
  kitRefusals,
  type RefusalCode,
  type SignInFacts,
  SignInRefusal,
} from './refusal.ts';

// Ports, and their implementation in SQL
export type {
  AccountLinkKey,
  AccountLinkStore,
  AssertionAcceptance,
  AssertionUse,
  ConnectionStore,
  Outcome,
  ServiceProvider,
  SignInStore,
} from './ports.ts';
export { type SqlStore, sqlStore } from './store.ts';
export { spKitMigrations } from './migrations.ts';
export type { SpKitTables } from './tables.ts';
