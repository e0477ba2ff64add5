import { randomBytes } from 'node:crypto';
import { type Database, migrate, uuidv7 } from '@countersign/database';
import {
  type ServiceProvider,
  spKitMigrations,
  type SpKitTables,
  type SqlStore,
  sqlStore,
} from '../index.ts';
import { identifier, loginUrl, signingNow, testTime } from './identity-provider.ts';
import { namespace } from './steps.ts';

/** A kit of which one company has a connection, with a clock that a test may move. */
export type TestKit = {
  serviceProvider: ServiceProvider & { store: SqlStore };
  db: Database<SpKitTables>;
  clock: { now: number };
  /** Saves a namespace's connection with these certificates. */
  connect(
    namespace: string,
    pems?: string[],
    change?: { identifier?: string; loginUrl?: string },
  ): Promise<void>;
  /** Every row of every table: what must be the same after a refusal. */
  everything(): Promise<Record<string, unknown[]>>;
};

/** @param db an empty database */
export async function openKit(db: Database<SpKitTables>): Promise<TestKit> {
  await migrate(db, spKitMigrations, Date.now);
  const clock = { now: testTime };
  const store = sqlStore(db);
  const newId = () => uuidv7(clock.now);
  const kit: TestKit = {
    db,
    clock,
    serviceProvider: {
      entityId: 'https://perform.trakstar.com',
      assertionConsumerServiceUrl: (namespace) =>
        `https://perform.trakstar.com/auth/saml/callback?namespace=${namespace}`,
      store,
      now: () => clock.now,
      newId,
      newSecret: () => randomBytes(32).toString('base64url'),
      skewMilliseconds: 180_000,
    },
    async connect(namespace, pems = [signingNow.pem], change = {}) {
      await store.saveConnection(namespace, {
        id: newId(),
        identifier,
        loginUrl,
        logoutUrl: '',
        certificates: pems,
        createdDateTime: clock.now,
        lastModifiedDateTime: clock.now,
        ...change,
      });
    },
    async everything() {
      const { kysely } = db;
      return {
        connections: await kysely.selectFrom('samlConnections').selectAll().orderBy('namespace').execute(),
        requests: await kysely.selectFrom('samlRequests').selectAll().orderBy('id').execute(),
        usedAssertions: await kysely
          .selectFrom('samlUsedAssertions')
          .selectAll()
          .orderBy('assertionHash')
          .execute(),
        outcomes: await kysely.selectFrom('samlOutcomes').selectAll().orderBy('handleHash').execute(),
        links: await kysely.selectFrom('samlAccountLinks').selectAll().orderBy('linkHash').execute(),
      };
    },
  };
  await kit.connect(namespace);
  return kit;
}
