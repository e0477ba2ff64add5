import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import { issueErrorResponse, newMessageId, statusCodes } from '@countersign/saml';
import { SignInRefusal, type SpKitTables } from './index.ts';
import {
  answer,
  encode,
  expiredYesterday,
  identifier,
  readRequest,
  signingNext,
  signingNow,
  stranger,
  testTime,
  untimelyBegin,
  untimelyEnd,
  validTomorrow,
  withoutSignatures,
} from './testing/identity-provider.ts';
import { openKit } from './testing/kit.ts';
import { accept, browser, finish, minute, namespace, refused, start } from './testing/steps.ts';

eachEngine<SpKitTables>('a sign-in through the kit', (openEmpty) => {
  const open = async () => openKit(await openEmpty());

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
    await refused(kit, 'assertion-replayed', () => accept(kit, again.SAMLResponse), { actual: assertionId });
  });

  test('is refused when its request is unknown, used or expired', async () => {
    const kit = await open();
    const { url } = await start(kit);
    const foreign = newMessageId();
    await refused(
      kit,
      'request-unknown',
      async () => accept(kit, (await answer(url, { inResponseTo: foreign })).SAMLResponse),
      { actual: foreign },
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

  test('is refused when from when or until when the certificate is valid cannot be read', async () => {
    const kit = await open();
    await kit.connect(namespace, [untimelyBegin.pem, untimelyEnd.pem]);
    const { url } = await start(kit);
    await refused(
      kit,
      'signing-certificate-not-yet-valid',
      async () => accept(kit, (await answer(url, { signedBy: untimelyBegin })).SAMLResponse),
      { actual: /^valid from \(no readable date\) to 2027-11-11T12:00:00/ },
    );
    await refused(
      kit,
      'signing-certificate-expired',
      async () => accept(kit, (await answer(url, { signedBy: untimelyEnd })).SAMLResponse),
      { actual: /to \(no readable date\), thumbprint/ },
    );
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
});
