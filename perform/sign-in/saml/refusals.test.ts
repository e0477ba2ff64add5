import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine, shared } from '@countersign/database/testing.ts';
import { issueErrorResponse, newMessageId, statusCodes } from '@countersign/saml';
import {
  answer,
  encode,
  expiredYesterday,
  identifier,
  readRequest,
  signingNext,
  stranger,
  testTime,
  withoutSignatures,
} from '../../../sp-kit/testing/identity-provider.ts';
import type { Tables } from '../../tables.ts';
import { type Answer, openPerform, type TestPerform } from '../../testing/perform.ts';
import {
  arrive,
  assertRefused,
  callback,
  connect,
  idpOrigin,
  leave,
  minute,
  type Refusal,
} from '../../testing/single-sign-on.ts';

eachEngine<Tables>('what single sign-on at Perform refuses', (openEmpty) => {
  const open = async (): Promise<TestPerform> => {
    const perform = await openPerform(await openEmpty());
    await connect(perform);
    return perform;
  };

  const compareSettings = 'Your administrator' as const;
  const idpAdministrator = "The identity provider's administrator" as const;
  /** Each answer that must not work at the reply URL: how it is made, and what is said of it. */
  const forged: [
    code: string,
    refusal: Refusal,
    make: (url: string, perform: TestPerform) => Promise<string>,
  ][] = [
    [
      'conditions-expired',
      { says: /answer is too old/, whoActs: 'You', actual: /2027-01-15T12:00:00/ },
      async (url) => {
        const lifetime = { notBefore: testTime - 60 * minute, notOnOrAfter: testTime - 4 * minute };
        return (await answer(url, { lifetime })).SAMLResponse;
      },
    ],
    [
      'audience-mismatch',
      {
        says: /meant for another application/,
        whoActs: idpAdministrator,
        expected: 'https://perform.trakstar.com',
        actual: 'https://other.example',
      },
      async (url) => (await answer(url, { audience: 'https://other.example' })).SAMLResponse,
    ],
    [
      'response-destination-mismatch',
      {
        says: /meant for another address/,
        whoActs: idpAdministrator,
        expected: 'https://perform.trakstar.com/auth/saml/callback?namespace=contoso',
        actual: 'https://perform.trakstar.com/auth/saml/callback?namespace=fabrikam',
      },
      async (url) => {
        const replyUrl = 'https://perform.trakstar.com/auth/saml/callback?namespace=fabrikam';
        return (await answer(url, { replyUrl })).SAMLResponse;
      },
    ],
    [
      'bearer-recipient-mismatch',
      { says: /meant for another address/, whoActs: idpAdministrator },
      async (url) => {
        const replyUrl = 'https://perform.trakstar.com/elsewhere';
        const { xml } = await answer(url, { replyUrl });
        const own = readRequest(url).replyUrl;
        return encode(xml.replace(`Destination="${replyUrl}"`, `Destination="${own}"`));
      },
    ],
    [
      'signature-digest',
      { says: /changed on its way/, whoActs: 'You' },
      async (url) => encode((await answer(url)).xml.replace('B.Simon@contoso.example', 'admin')),
    ],
    [
      'signature-missing',
      { says: /is not signed/, whoActs: idpAdministrator },
      async (url) => encode(withoutSignatures((await answer(url)).xml)),
    ],
    [
      'signature-invalid',
      { says: /not signed with the certificate your company saved/, whoActs: compareSettings },
      async (url) => (await answer(url, { signedBy: stranger })).SAMLResponse,
    ],
    [
      'response-issuer-mismatch',
      {
        says: /another identity provider than the one your company saved/,
        whoActs: compareSettings,
        expected: identifier,
        actual: 'https://other.example/',
      },
      async (url) => (await answer(url, { issuer: 'https://other.example/' })).SAMLResponse,
    ],
    [
      'request-unknown',
      { says: /request that was not made for this company/, whoActs: 'You' },
      async (url) => (await answer(url, { inResponseTo: newMessageId() })).SAMLResponse,
    ],
    [
      'response-unsolicited',
      { says: /started at the identity provider/, whoActs: idpAdministrator },
      async (url) => (await answer(url, { unsolicited: true })).SAMLResponse,
    ],
    [
      'status-not-success',
      { says: /did not sign you in/, whoActs: idpAdministrator, actual: /RequestDenied.*AADSTS50105/ },
      async (url) => {
        const { id, replyUrl } = readRequest(url);
        const issued = await issueErrorResponse({
          issuer: identifier,
          replyUrl,
          inResponseTo: id,
          now: testTime,
          responseId: newMessageId(),
          status: { code: statusCodes.responder, subCode: statusCodes.requestDenied, message: 'AADSTS50105' },
        });
        return issued.samlResponse;
      },
    ],
    ['response-missing', { status: 400, says: /answer was empty/, whoActs: 'You' }, async () => ''],
    [
      'xml-doctype',
      { says: /not what your identity provider sent/, whoActs: 'You' },
      async (url) => encode(`<!DOCTYPE x>${(await answer(url)).xml}`),
    ],
  ];
  /** One Perform for all of them: each leaves it as it found it, and the genuine answer afterwards proves that. */
  const ready = shared(async () => {
    const perform = await open();
    await perform.person();
    return perform;
  });
  for (const [code, refusal, make] of forged)
    test(`refuses an answer with ${code}, and takes the genuine one afterwards`, async () => {
      const perform = await ready();
      const browser = perform.browser();
      const url = await leave(browser);
      const SAMLResponse = await make(url, perform);
      await assertRefused(perform, code, refusal, () => arrive(browser, SAMLResponse));
      assert.equal((await browser.get('/')).location, '/sign-in');
      assert.match((await arrive(browser, (await answer(url)).SAMLResponse)).text, /Welcome, Britta Simon/);
    });

  test('refuses the same assertion a second time', async () => {
    const perform = await open();
    await perform.person();
    const browser = perform.browser();
    const { SAMLResponse } = await answer(await leave(browser));
    await arrive(browser, SAMLResponse);
    const told = { says: /has been used already/, whoActs: 'You' } as const;
    await assertRefused(perform, 'assertion-replayed', told, () => arrive(perform.browser(), SAMLResponse));
    const two = await leave(browser);
    await arrive(browser, (await answer(two)).SAMLResponse);
    const second = (await answer(two)).SAMLResponse;
    await assertRefused(perform, 'request-used', told, () => arrive(browser, second));
  });

  test('refuses an answer to a request of another company, though both trust the same identity provider', async () => {
    const perform = await open();
    await perform.person();
    await perform.db.kysely
      .insertInto('namespaces')
      .values({ namespace: 'fabrikam', displayName: 'Fabrikam', ssoInPlan: 1, createdDateTime: testTime })
      .execute();
    await connect(perform, 'fabrikam');
    const browser = perform.browser();
    const url = await leave(browser, 'namespace=fabrikam');
    const { SAMLResponse } = await answer(url);
    const address = { says: /meant for another address/, whoActs: idpAdministrator };
    await assertRefused(perform, 'response-destination-mismatch', address, () =>
      arrive(browser, SAMLResponse),
    );
    const replyUrl = perform.context.saml.assertionConsumerServiceUrl('contoso');
    const aimed = (await answer(url, { replyUrl })).SAMLResponse;
    const request = { says: /request that was not made for this company/, whoActs: 'You' } as const;
    await assertRefused(perform, 'request-unknown', request, () => arrive(browser, aimed));
  });

  test('refuses what is signed with a certificate that was replaced, or that expired', async () => {
    const perform = await open();
    await perform.person();
    const browser = perform.browser();
    const url = await leave(browser);
    const { SAMLResponse } = await answer(url);
    await connect(perform, 'contoso', signingNext.pem);
    const replaced = { says: /not signed with the certificate/, whoActs: compareSettings };
    await assertRefused(perform, 'signature-invalid', replaced, () => arrive(browser, SAMLResponse));
    await connect(perform, 'contoso', expiredYesterday.pem);
    const old = (await answer(url, { signedBy: expiredYesterday })).SAMLResponse;
    const expired = { says: /certificate has expired/, whoActs: idpAdministrator, actual: /thumbprint/ };
    await assertRefused(perform, 'signing-certificate-expired', expired, () => arrive(browser, old));
  });

  test('refuses a request that expired', async () => {
    const perform = await open();
    await perform.person();
    const browser = perform.browser();
    const url = await leave(browser);
    perform.clock.now += 61 * minute;
    const { SAMLResponse } = await answer(url, { now: perform.clock.now });
    const told = { says: /took too long/, whoActs: 'You' } as const;
    await assertRefused(perform, 'request-expired', told, () => arrive(browser, SAMLResponse));
  });

  const afterVerification: (keyof Tables)[] = ['samlRequests', 'samlUsedAssertions', 'samlOutcomes'];

  test('refuses a person who was not created, was not activated or is terminated', async () => {
    const perform = await open();
    const browser = perform.browser();
    const attempt = async () => arrive(browser, (await answer(await leave(browser))).SAMLResponse);
    const admin = 'Your administrator' as const;
    await assertRefused(
      perform,
      'person-not-created',
      { says: /no employee with your user name/, whoActs: admin, actual: 'B.Simon@contoso.example' },
      attempt,
      afterVerification,
    );
    const id = await perform.person({ status: 'created' });
    const created = { says: /created in Perform but not activated/, whoActs: admin };
    await assertRefused(perform, 'person-not-activated', created, attempt, afterVerification);
    await perform.db.kysely
      .updateTable('people')
      .set({ status: 'terminated' })
      .where('id', '=', id)
      .execute();
    const ended = { says: /access to Perform has been ended/, whoActs: admin };
    await assertRefused(perform, 'person-terminated', ended, attempt, afterVerification);
    await perform.db.kysely.updateTable('people').set({ status: 'active' }).where('id', '=', id).execute();
    assert.match((await attempt()).text, /Welcome/);
    await perform.db.kysely
      .updateTable('people')
      .set({ status: 'terminated' })
      .where('id', '=', id)
      .execute();
    await assertRefused(perform, 'person-terminated', ended, attempt, afterVerification);
    assert.equal((await browser.get('/')).location, '/sign-in');
  });

  test('compares the NameID with the user name octet for octet, and names the near miss to administrators only', async () => {
    const perform = await open();
    await perform.person({ userName: 'b.simon@contoso.example' });
    const browser = perform.browser();
    let page: Answer | undefined;
    await assertRefused(
      perform,
      'person-not-created',
      {
        says: /no employee with your user name/,
        whoActs: 'Your administrator',
        expected: 'b.simon@contoso.example',
        actual: 'B.Simon@contoso.example',
      },
      async () => {
        page = await arrive(browser, (await answer(await leave(browser))).SAMLResponse);
        return page;
      },
      afterVerification,
    );
    assert.ok(page && !page.text.includes('b.simon@contoso.example'));
  });

  test('refuses to end in another browser than the one that began', async () => {
    const perform = await open();
    await perform.person();
    const [victim, attacker] = [perform.browser(), perform.browser()];
    const { SAMLResponse } = await answer(await leave(attacker));
    await leave(victim);
    const told = { says: /started in another browser/, whoActs: 'You' } as const;
    const handed = await attacker.postFrom(idpOrigin, callback, { SAMLResponse });
    const there = handed.location ?? '';
    await assertRefused(perform, 'other-browser', told, () => victim.get(there));
    await assertRefused(perform, 'other-browser', told, () => perform.browser().get(there));
    const looked = await perform.app.inject({ method: 'HEAD', url: there });
    assert.equal(looked.statusCode, 404);
    assert.equal((await attacker.get(there)).location, '/');
    const used = { says: /used already, or it was left/, whoActs: 'You' } as const;
    await assertRefused(perform, 'outcome-unknown', used, () => attacker.get(there));
  });

  test('refuses every step where the plan has no single sign-on, whatever was begun before', async () => {
    const perform = await open();
    await perform.person();
    const browser = perform.browser();
    const url = await leave(browser);
    const { SAMLResponse } = await answer(url);
    const handed = await browser.postFrom(idpOrigin, callback, {
      SAMLResponse: (await answer(await leave(browser))).SAMLResponse,
    });
    await perform.db.kysely.updateTable('namespaces').set({ ssoInPlan: 0 }).execute();
    const told = { says: /not part of your company's plan/, whoActs: 'Your administrator' } as const;
    await assertRefused(perform, 'sso-not-in-plan', told, () => browser.get('/auth/saml/?namespace=contoso'));
    await assertRefused(perform, 'sso-not-in-plan', told, () => arrive(browser, SAMLResponse));
    await assertRefused(perform, 'sso-not-in-plan', told, () => browser.get(handed.location ?? ''));
  });

  test('refuses where the company has set nothing up', async () => {
    const perform = await openPerform(await openEmpty());
    const told = { says: /has not set up single sign-on/, whoActs: 'Your administrator' } as const;
    await assertRefused(perform, 'connection-missing', told, () =>
      perform.browser().get('/auth/saml/?namespace=contoso'),
    );
    await assertRefused(perform, 'connection-missing', told, () => arrive(perform.browser(), 'AAAA'));
  });

  test('answers an unknown company with a page and a line in the service log, and writes no row', async () => {
    const perform = await open();
    const before = await perform.everything();
    for (const query of ['namespace=nobody', 'namespace=', '', 'namespace=contoso&namespace=contoso']) {
      const page = await perform.browser().get(`/auth/saml/?${query}`);
      assert.equal(page.status, 404);
      assert.match(page.text, /no company with this name/);
      assert.equal(perform.lines.at(-1)?.code, 'company-unknown');
    }
    assert.deepEqual(await perform.everything(), before);
  });

  test('fails closed where the record of used assertions cannot be asked', async () => {
    const perform = await open();
    await perform.person();
    const browser = perform.browser();
    const { SAMLResponse } = await answer(await leave(browser));
    const { schema } = perform.db.kysely;
    await schema.alterTable('samlUsedAssertions').renameTo('gone').execute();
    const page = await arrive(browser, SAMLResponse);
    await schema.alterTable('gone').renameTo('samlUsedAssertions').execute();
    assert.equal(page.status, 503);
    assert.match(page.text, /could not check this sign-in/);
    assert.equal(perform.lines.at(-1)?.code, 'replay-store-unavailable');
    assert.equal((await perform.db.kysely.selectFrom('sessions').selectAll().execute()).length, 0);
  });
});
