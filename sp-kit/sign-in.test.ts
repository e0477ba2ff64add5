import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import { type SpKitTables } from './index.ts';
import {
  answer,
  identifier,
  loginUrl,
  readRequest,
  signingNext,
  signingNow,
  testTime,
} from './testing/identity-provider.ts';
import { openKit } from './testing/kit.ts';
import { accept, browser, finish, minute, namespace, refused, start } from './testing/steps.ts';

eachEngine<SpKitTables>('a sign-in through the kit', (openEmpty) => {
  const open = async () => openKit(await openEmpty());

  test('goes from the request over the answer to the verified identity, and back to where the person was going', async () => {
    const kit = await open();
    const { url, requestId } = await start(kit, { returnTo: '/reviews/7' });
    assert.ok(url.startsWith(`${loginUrl}?SAMLRequest=`));
    assert.deepEqual(readRequest(url), {
      id: requestId,
      issuer: 'https://perform.trakstar.com',
      replyUrl: 'https://perform.trakstar.com/auth/saml/callback?namespace=contoso',
    });
    const { handle } = await accept(kit, (await answer(url)).SAMLResponse);
    const finished = await finish(kit, handle);
    assert.equal(finished.identity.nameId.value, 'B.Simon@contoso.example');
    assert.equal(finished.identity.issuer, identifier);
    assert.equal(finished.identity.requestId, requestId);
    assert.equal(finished.returnTo, '/reviews/7');
    assert.equal(finished.accountId, undefined);
  });

  test('finds a linked account again, and only by issuer, format, qualifiers and value together', async () => {
    const kit = await open();
    const enter = async (change: Parameters<typeof answer>[1] = {}) => {
      const { url } = await start(kit);
      const { handle } = await accept(kit, (await answer(url, change)).SAMLResponse);
      return finish(kit, handle);
    };
    const first = await enter();
    assert.equal(await first.link('person-1'), 'person-1');
    assert.equal((await enter()).accountId, 'person-1');
    const { nameId } = first.identity;
    for (const other of [
      { ...nameId, value: 'b.simon@contoso.example' },
      { ...nameId, format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' },
      { ...nameId, nameQualifier: 'https://elsewhere.example' },
      { ...nameId, spNameQualifier: 'https://elsewhere.example' },
    ])
      assert.equal((await enter({ nameId: other })).accountId, undefined, JSON.stringify(other));
    await kit.connect(namespace, [signingNow.pem], { identifier: 'https://new.example/' });
    assert.equal((await enter({ issuer: 'https://new.example/' })).accountId, undefined);
  });

  test('finds no link of another connection or another company', async () => {
    const kit = await open();
    await kit.connect('fabrikam');
    const { store } = kit.serviceProvider;
    const idOf = async (name: string) => (await store.findConnection(name))?.id ?? '';
    const key = {
      connectionId: await idOf(namespace),
      issuer: identifier,
      nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      nameQualifier: '',
      spNameQualifier: '',
      nameId: 'B.Simon@contoso.example',
    };
    await store.linkAccount(namespace, key, 'person-1', 1);
    assert.equal(await store.findLinkedAccount(namespace, key), 'person-1');
    assert.equal(await store.findLinkedAccount('fabrikam', key), undefined);
    const other = { ...key, connectionId: await idOf('fabrikam') };
    assert.notEqual(other.connectionId, key.connectionId);
    assert.equal(await store.findLinkedAccount(namespace, other), undefined);
    await store.unlinkAccount('fabrikam', 'person-1');
    assert.equal(await store.findLinkedAccount(namespace, key), 'person-1');
    await store.unlinkAccount(namespace, 'person-1');
    assert.equal(await store.findLinkedAccount(namespace, key), undefined);
  });

  test('keeps the first link where two requests link one identity at the same time', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const { handle } = await accept(kit, (await answer(url)).SAMLResponse);
    const finished = await finish(kit, handle);
    const linked = await Promise.all(['person-1', 'person-2', 'person-3'].map((id) => finished.link(id)));
    assert.equal(new Set(linked).size, 1);
  });

  test('takes several certificates, and the response signed as a whole as well', async () => {
    const kit = await open();
    await kit.connect(namespace, [signingNow.pem, signingNext.pem]);
    for (const signedBy of [signingNow, signingNext])
      for (const sign of ['assertion', 'response', 'both'] as const) {
        const { url } = await start(kit);
        const signing = {
          key: signedBy.key,
          certificate: signedBy.certificate,
          algorithm: 'rsa-sha256',
          sign,
        } as const;
        await accept(kit, (await answer(url, { signing })).SAMLResponse);
      }
  });

  test('lets one in where the same assertion is posted eight times at once', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const { SAMLResponse } = await answer(url);
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => accept(kit, SAMLResponse)));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const result of results)
      if (result.status === 'rejected') assert.equal(result.reason.code, 'assertion-replayed');
  });

  test('lets one in where one request is answered by several assertions at once', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const answers = await Promise.all(Array.from({ length: 4 }, () => answer(url)));
    const results = await Promise.allSettled(answers.map(({ SAMLResponse }) => accept(kit, SAMLResponse)));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const result of results)
      if (result.status === 'rejected') assert.equal(result.reason.code, 'request-used');
    assert.equal((await kit.everything()).usedAssertions?.length, 1);
  });

  test('gives an outcome to one of several that fetch it at once', async () => {
    const kit = await open();
    const { handle } = await accept(kit, (await answer((await start(kit)).url)).SAMLResponse);
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => finish(kit, handle)));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  test('keeps the record of a used assertion for as long as it could be accepted, and no longer', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const lifetime = { notBefore: testTime - minute, notOnOrAfter: testTime + 10 * minute };
    const { SAMLResponse } = await answer(url, { lifetime });
    await accept(kit, SAMLResponse);
    kit.clock.now = lifetime.notOnOrAfter + kit.serviceProvider.skewMilliseconds - 1;
    await kit.serviceProvider.store.purge(kit.clock.now);
    await refused(kit, 'assertion-replayed', () => accept(kit, SAMLResponse));
    kit.clock.now += 2 * 60 * minute;
    await kit.serviceProvider.store.purge(kit.clock.now);
    const { requests, usedAssertions, outcomes } = await kit.everything();
    assert.deepEqual([requests, usedAssertions, outcomes], [[], [], []]);
    await refused(kit, 'conditions-expired', () => accept(kit, SAMLResponse));
  });

  test('stores no secret: neither the handle nor the browser can be read back', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const { handle } = await accept(kit, (await answer(url)).SAMLResponse);
    const text = JSON.stringify(await kit.everything());
    assert.ok(!text.includes(handle) && !text.includes(browser));
  });
});
