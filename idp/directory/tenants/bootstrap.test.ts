import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Database, migrate, uuidv7 } from '@countersign/database';
import { eachEngine } from '@countersign/database/testing.ts';
import { migrations } from '../../migrations/all.ts';
import type { Tables } from '../../tables.ts';
import { rolesOf } from '../roles/store.ts';
import { findUserByName } from '../users/store.ts';
import { bootstrap } from './bootstrap.ts';
import { findTenant, verifiedDomains } from './store.ts';

const first = {
  displayName: 'Contoso',
  domain: 'Contoso.Example',
  administrator: 'admin@contoso.example',
  password: 'Correct-Horse-7',
};
const contextOf = (db: Database<Tables>) => ({
  db,
  now: () => 1_000,
  newId: () => uuidv7(1_000),
  publicUrl: 'https://id.contoso.example',
});

eachEngine<Tables>('The first start', (openEmpty) => {
  test('makes the organisation and its Global Administrator', async () => {
    const db = await openEmpty();
    await migrate(db, migrations, () => 0);
    const made = await bootstrap(contextOf(db), first);
    assert.ok(made);
    for (const name of [made.tenantId, made.tenantId.toUpperCase(), 'contoso.example', 'CONTOSO.example'])
      assert.equal((await findTenant(db.kysely, name))?.id, made.tenantId, name);
    const tenant = await findTenant(db.kysely, made.tenantId);
    assert.equal(tenant?.issuer, `https://id.contoso.example/${made.tenantId}/`);
    assert.deepEqual(
      (await verifiedDomains(db.kysely, made.tenantId)).map(({ name, isDefault }) => [name, isDefault]),
      [['contoso.example', 1]],
    );
    const administrator = await findUserByName(db.kysely, made.tenantId, 'ADMIN@contoso.example');
    assert.equal(administrator?.id, made.userId);
    assert.equal(administrator.forceChangePasswordNextSignIn, 0);
    assert.deepEqual(await rolesOf(db.kysely, made.tenantId, made.userId), ['Global Administrator']);
    assert.equal(await findTenant(db.kysely, 'fabrikam.example'), undefined);
  });

  test('makes it once, also when two processes start at one moment', async () => {
    const db = await openEmpty();
    await migrate(db, migrations, () => 0);
    const made = await Promise.all([bootstrap(contextOf(db), first), bootstrap(contextOf(db), first)]);
    assert.equal(made.filter((result) => result !== null).length, 1);
    assert.equal(await bootstrap(contextOf(db), first), null);
    assert.equal((await db.kysely.selectFrom('tenants').select('id').execute()).length, 1);
    assert.equal((await db.kysely.selectFrom('users').select('id').execute()).length, 1);
  });
});
