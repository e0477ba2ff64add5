import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import { issueErrorResponse, newMessageId, statusCodes } from '@countersign/saml';
import { acceptSignInResponse, finishSignIn, SignInRefusal, type SpKitTables, startSignIn } from './index.ts';
import {
  answer,
  encode,
  expiredYesterday,
  identifier,
  loginUrl,
  readRequest,
  signingNext,
  signingNow,
  stranger,
  testTime,
  validTomorrow,
  withoutSignatures,
} from './testing/identity-provider.ts';
import { openKit, type TestKit } from './testing/kit.ts';

const namespace = 'contoso';
const browser = 'b'.repeat(43);
const minute = 60_000;

/** Asserts that something is refused with a code, and that not one row of the database changed. */
async function refused(
  kit: TestKit,
  code: string,
  act: () => Promise<unknown>,
  detail: { expected?: string | RegExp; actual?: string | RegExp } = {},
): Promise<SignInRefusal> {
  const before = await kit.everything();
  let refusal: unknown;
  await assert.rejects(act, (error) => {
    refusal = error;
    return true;
  });
  assert.ok(refusal instanceof SignInRefusal, String(refusal));
  assert.equal(refusal.code, code);
  assert.ok(refusal.says.length > 20 && refusal.section !== '');
  for (const key of ['expected', 'actual'] as const) {
    const wanted = detail[key];
    if (wanted instanceof RegExp) assert.match(refusal[key] ?? '', wanted);
    else if (wanted !== undefined) assert.equal(refusal[key], wanted);
  }
  assert.deepEqual(await kit.everything(), before);
  return refusal;
}

eachEngine<SpKitTables>('a sign-in through the kit', (openEmpty) => {
  const open = async (): Promise<TestKit> => {
    const kit = await openKit(await openEmpty());
    await kit.connect(namespace);
    return kit;
  };
  const start = (kit: TestKit, change: { namespace?: string; browser?: string; returnTo?: string } = {}) =>
    startSignIn(kit.serviceProvider, { namespace, browser, ...change });
  const accept = (kit: TestKit, SAMLResponse: string, at = namespace) =>
    acceptSignInResponse(kit.serviceProvider, { namespace: at, fields: { SAMLResponse } });
  const finish = (kit: TestKit, handle: string, from: string | null = browser, at = namespace) =>
    finishSignIn(kit.serviceProvider, { namespace: at, handle, browser: from ?? undefined });

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

  test('is refused before it begins where the company has no connection', async () => {
    const kit = await open();
    await refused(kit, 'connection-missing', () => start(kit, { namespace: 'fabrikam' }));
    await refused(kit, 'connection-missing', () => accept(kit, 'AAAA', 'fabrikam'));
  });

  test('is refused when the form is empty or holds no SAML', async () => {
    const kit = await open();
    await refused(kit, 'response-missing', () => accept(kit, ''));
    await refused(kit, 'base64-malformed', () => accept(kit, '***'));
    await refused(kit, 'xml-malformed', () => accept(kit, encode('no xml')));
  });

  test('is refused when the same assertion comes again, also under a new request', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const { SAMLResponse } = await answer(url);
    await accept(kit, SAMLResponse);
    await refused(kit, 'assertion-replayed', () => accept(kit, SAMLResponse));
    const assertionId = newMessageId();
    await accept(kit, (await answer((await start(kit)).url, { assertionId })).SAMLResponse);
    const again = await answer((await start(kit)).url, { assertionId });
    await refused(kit, 'assertion-replayed', () => accept(kit, again.SAMLResponse));
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

  test('is refused when its request is unknown, used or expired', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const foreign = newMessageId();
    await refused(kit, 'request-unknown', async () =>
      accept(kit, (await answer(url, { inResponseTo: foreign })).SAMLResponse),
    );
    await accept(kit, (await answer(url)).SAMLResponse);
    await refused(kit, 'request-used', async () => accept(kit, (await answer(url)).SAMLResponse));
    const late = await start(kit);
    kit.clock.now += 61 * minute;
    await refused(kit, 'request-expired', async () =>
      accept(kit, (await answer(late.url, { now: kit.clock.now })).SAMLResponse),
    );
  });

  test('is refused when it was started at the identity provider', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const unsolicited = (await answer(url, { unsolicited: true })).SAMLResponse;
    const refusal = await refused(kit, 'response-unsolicited', () => accept(kit, unsolicited));
    assert.equal(refusal.facts.nameId, 'B.Simon@contoso.example');
  });

  test('is refused when the request was made for another company of the same identity provider', async () => {
    const kit = await open();
    await kit.connect('fabrikam');
    const { url } = await start(kit, { namespace: 'fabrikam' });
    const response = (await answer(url)).SAMLResponse;
    await refused(kit, 'response-destination-mismatch', () => accept(kit, response, namespace), {
      expected: 'https://perform.trakstar.com/auth/saml/callback?namespace=contoso',
      actual: 'https://perform.trakstar.com/auth/saml/callback?namespace=fabrikam',
    });
    const replyUrl = kit.serviceProvider.assertionConsumerServiceUrl(namespace);
    await refused(kit, 'request-unknown', async () =>
      accept(kit, (await answer(url, { replyUrl })).SAMLResponse, namespace),
    );
  });

  test('is refused when the settings changed to another identity provider since the request', async () => {
    const kit = await open();
    const { url } = await start(kit);
    await kit.connect(namespace, [signingNow.pem], { identifier: 'https://new.example/' });
    await refused(
      kit,
      'request-for-another-identity-provider',
      async () => accept(kit, (await answer(url, { issuer: 'https://new.example/' })).SAMLResponse),
      { expected: identifier, actual: 'https://new.example/' },
    );
  });

  test('is refused when the reply URL of this application changed since the request', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const moved = 'https://perform.example/auth/saml/callback?namespace=contoso';
    kit.serviceProvider.assertionConsumerServiceUrl = () => moved;
    await refused(kit, 'request-for-another-reply-url', async () =>
      accept(kit, (await answer(url, { replyUrl: moved })).SAMLResponse),
    );
  });

  test('is refused when the assertion expired, and accepted within the skew', async () => {
    const kit = await open();
    const lifetime = { notBefore: testTime - 10 * minute, notOnOrAfter: testTime - 2 * minute };
    await accept(kit, (await answer((await start(kit)).url, { lifetime })).SAMLResponse);
    const { url } = await start(kit);
    kit.clock.now += 2 * minute;
    await refused(kit, 'conditions-expired', async () =>
      accept(kit, (await answer(url, { lifetime })).SAMLResponse),
    );
  });
  test('is refused when it is for another audience or another recipient', async () => {
    const kit = await open();
    const { url } = await start(kit);
    await refused(
      kit,
      'audience-mismatch',
      async () =>
        accept(kit, (await answer(url, { audience: 'https://perform.trakstar.com/' })).SAMLResponse),
      { expected: 'https://perform.trakstar.com', actual: 'https://perform.trakstar.com/' },
    );
    const replyUrl = 'https://perform.trakstar.com/auth/saml/callback';
    const { xml } = await answer(url, { replyUrl });
    // The unsigned outer address is right; what is signed inside is not.
    const own = kit.serviceProvider.assertionConsumerServiceUrl(namespace);
    await refused(
      kit,
      'bearer-recipient-mismatch',
      () => accept(kit, encode(xml.replace(`Destination="${replyUrl}"`, `Destination="${own}"`))),
      { expected: own, actual: replyUrl },
    );
  });

  test('is refused when it was tampered with, not signed, or signed by a stranger', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const { xml } = await answer(url);
    const tampered = xml.replace('B.Simon@contoso.example', 'admin@contoso.example');
    assert.notEqual(tampered, xml);
    await refused(kit, 'signature-digest', () => accept(kit, encode(tampered)));
    await refused(kit, 'signature-missing', () => accept(kit, encode(withoutSignatures(xml))));
    await refused(kit, 'signature-invalid', async () =>
      accept(kit, (await answer(url, { signedBy: stranger })).SAMLResponse),
    );
    await refused(
      kit,
      'assertion-issuer-mismatch',
      async () => {
        const other = (await answer(url, { issuer: 'https://other.example/' })).xml;
        // The Issuer of the unsigned message is made right; the one that is signed stays.
        await accept(kit, encode(other.replace('https://other.example/', identifier)));
      },
      { expected: identifier, actual: 'https://other.example/' },
    );
  });

  test('is refused when the certificate was replaced since', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const response = (await answer(url)).SAMLResponse;
    await kit.connect(namespace, [signingNext.pem]);
    await refused(kit, 'signature-invalid', () => accept(kit, response));
  });

  test('is refused under its own name when the certificate expired or is not valid yet', async () => {
    const kit = await open();
    await kit.connect(namespace, [expiredYesterday.pem, signingNow.pem, validTomorrow.pem]);
    const { url } = await start(kit);
    await refused(
      kit,
      'signing-certificate-expired',
      async () => accept(kit, (await answer(url, { signedBy: expiredYesterday })).SAMLResponse),
      {
        expected: /^valid at 2027-01-15T12:00:00/,
        actual: /to 2027-01-14T12:00:00.*thumbprint [0-9A-F]{40}/,
      },
    );
    await refused(kit, 'signing-certificate-not-yet-valid', async () =>
      accept(kit, (await answer(url, { signedBy: validTomorrow })).SAMLResponse),
    );
    // Whose signature it is counts before what it says: an expired key vouches for nothing.
    await refused(kit, 'signing-certificate-expired', async () =>
      accept(
        kit,
        (await answer(url, { signedBy: expiredYesterday, audience: 'https://x.example' })).SAMLResponse,
      ),
    );
    await refused(kit, 'signature-invalid', async () =>
      accept(kit, (await answer(url, { signedBy: stranger })).SAMLResponse),
    );
    await accept(kit, (await answer(url)).SAMLResponse);
  });

  test('is refused where the only certificate is no longer valid, whoever signs', async () => {
    const kit = await open();
    await kit.connect(namespace, [expiredYesterday.pem]);
    const { url } = await start(kit);
    await refused(kit, 'signing-certificate-expired', async () =>
      accept(kit, (await answer(url, { signedBy: expiredYesterday })).SAMLResponse),
    );
    await refused(kit, 'signature-invalid', async () => accept(kit, (await answer(url)).SAMLResponse));
  });

  test('is refused when the identity provider says that it did not sign the person in', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const request = readRequest(url);
    const issued = await issueErrorResponse({
      issuer: identifier,
      replyUrl: request.replyUrl,
      inResponseTo: request.id,
      now: testTime,
      responseId: newMessageId(),
      status: { code: statusCodes.responder, subCode: statusCodes.authnFailed, message: 'AADSTS50105' },
    });
    await refused(kit, 'status-not-success', () => accept(kit, issued.samlResponse), {
      actual: /Responder.*AuthnFailed.*AADSTS50105/,
    });
  });

  test('is refused in another browser, and still waits for the one that began', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const { handle } = await accept(kit, (await answer(url)).SAMLResponse);
    await refused(kit, 'other-browser', () => finish(kit, handle, 'c'.repeat(43)));
    await refused(kit, 'other-browser', () => finish(kit, handle, null));
    await finish(kit, handle);
  });

  test('is refused when its handle is unknown, used, expired or of another company', async () => {
    const kit = await open();
    await kit.connect('fabrikam');
    await refused(kit, 'outcome-unknown', () => finish(kit, 'x'.repeat(43)));
    const one = await accept(kit, (await answer((await start(kit)).url)).SAMLResponse);
    await refused(kit, 'outcome-unknown', () => finish(kit, one.handle, browser, 'fabrikam'));
    await finish(kit, one.handle);
    await refused(kit, 'outcome-unknown', () => finish(kit, one.handle));
    const two = await accept(kit, (await answer((await start(kit)).url)).SAMLResponse);
    kit.clock.now += 5 * minute;
    await refused(kit, 'outcome-unknown', () => finish(kit, two.handle));
  });

  test('gives an outcome to one of several that fetch it at once', async () => {
    const kit = await open();
    const { handle } = await accept(kit, (await answer((await start(kit)).url)).SAMLResponse);
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => finish(kit, handle)));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  test('is refused when it cannot be found out whether the assertion was used', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const { SAMLResponse } = await answer(url);
    await kit.db.kysely.schema.alterTable('samlUsedAssertions').renameTo('gone').execute();
    await assert.rejects(
      () => accept(kit, SAMLResponse),
      (error) => error instanceof SignInRefusal && error.code === 'replay-store-unavailable',
    );
    await kit.db.kysely.schema.alterTable('gone').renameTo('samlUsedAssertions').execute();
    assert.equal((await kit.everything()).outcomes?.length, 0);
    await accept(kit, SAMLResponse);
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
