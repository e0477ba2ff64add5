import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachEngine } from '@countersign/database/testing.ts';
import { encodePost } from '@countersign/saml';
import {
  acs,
  addTrakstar,
  type Answer,
  assign,
  install,
  type Installation,
  publicUrl,
  requestOf,
  simon,
  type TestApplication,
  textOf,
} from '../../browser-testing.ts';
import type { SignInRow, Tables } from '../../tables.ts';

eachEngine<Tables>('refusals', (openEmpty) => {
  type Ready = { idp: Installation; trakstar: TestApplication; simonId: string };
  let shared: Promise<Ready> | null = null;
  const ready = () => {
    shared ??= (async () => {
      const idp = await install(await openEmpty());
      const trakstar = await addTrakstar(idp);
      const simonId = await idp.addUser(simon.userName, simon.password);
      await assign(idp, simonId, trakstar);
      await idp.addUser('eve@contoso.example', simon.password);
      return { idp, trakstar, simonId };
    })();
    return shared;
  };

  /** Every refusal looks the same: a page, one line under its request id, nobody signed in, nothing issued. */
  async function assertRefused(
    idp: Installation,
    answer: Answer,
    expected: { code: number; status: number; says: RegExp; mender: RegExp; line?: Partial<SignInRow> },
    before: State,
  ): Promise<void> {
    const text = textOf(answer);
    assert.equal(answer.status, expected.status, text);
    assert.match(text, /Sorry, but we're having trouble signing you in\./);
    assert.match(text, new RegExp(`AADSTS${expected.code}: `));
    assert.match(text, expected.says);
    assert.match(text, expected.mender);
    assert.match(answer.text, /<p class="message" role="alert"/);
    assert.match(text, /Timestamp\s+2026-11-2\d \d\d:\d\d:\d\dZ/);
    assert.doesNotMatch(answer.text, /SAMLResponse/);
    const requestId = /Request Id\s+([0-9a-f-]{36})/.exec(text)?.[1];
    const correlationId = /Correlation Id\s+([0-9a-f-]{36})/.exec(text)?.[1];
    const after = await stateOf(idp);
    assert.deepEqual({ ...after, lines: 0 }, { ...before, lines: 0 });
    assert.equal(after.lines, before.lines + 1);
    const line = (await idp.signIns()).find(({ id }) => id === requestId);
    assert.ok(line);
    assert.equal(line.errorCode, expected.code);
    assert.equal(line.status, 'failure');
    assert.equal(line.correlationId, correlationId);
    assert.equal(line.assertionId, null);
    assert.ok(line.failureReason?.startsWith(`AADSTS${expected.code}: `));
    for (const [name, value] of Object.entries(expected.line ?? {}))
      assert.equal(line[name as keyof SignInRow], value, name);
  }

  type State = { sessions: number; consumed: number; lines: number };
  async function stateOf({ context }: Installation): Promise<State> {
    const count = async (rows: Promise<unknown[]>) => (await rows).length;
    const k = context.db.kysely;
    return {
      sessions: await count(k.selectFrom('sessions').select('secretHash').execute()),
      consumed: await count(
        k
          .selectFrom('pendingRequests')
          .select('handleHash')
          .where('consumedDateTime', 'is not', null)
          .execute(),
      ),
      lines: await count(k.selectFrom('signIns').select('id').execute()),
    };
  }

  test('an unassigned user: 50105, and somebody else may sign in for the same request', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    await browser.signIn({ ...simon, userName: 'eve@contoso.example' });
    const before = await stateOf(idp);
    const request = requestOf(idp);
    const answer = await browser.open(request.url);
    await assertRefused(
      idp,
      answer,
      {
        code: 50105,
        status: 403,
        says: /eve@contoso\.example has no access to Trakstar \(/,
        mender: /An administrator of Contoso\..*Users and groups/,
        line: { userPrincipalName: 'eve@contoso.example', appId: trakstar.appId, samlRequestId: request.id },
      },
      before,
    );
    const other =
      /<a href="(\/sign-in\?request=[^"]+)">Sign in with another account/.exec(answer.text)?.[1] ?? '';
    const page = await browser.submit(await browser.open(other), simon);
    assert.match(page.text, /name="SAMLResponse"/);
  });

  test('an administrator is not exempt from assignment', async () => {
    const { idp } = await ready();
    const browser = idp.browser();
    await browser.signIn({ userName: 'admin@contoso.example', password: 'Correct-Horse-7' });
    const answer = await browser.open(requestOf(idp).url);
    assert.match(textOf(answer), /AADSTS50105/);
  });

  const atOnce: {
    name: string;
    send: (idp: Installation) => Promise<Answer>;
    code: number;
    status?: number;
    says: RegExp;
    mender: RegExp;
  }[] = [
    {
      name: 'a reply URL that is not registered',
      send: (idp) => open(idp, { assertionConsumerServiceUrl: `${acs}2` }),
      code: 50011,
      says: /The reply URL '.*namespace=contoso2' of the request is none of those registered for Trakstar/,
      mender: /An administrator of Contoso, or whoever runs Trakstar/,
    },
    {
      name: 'a reply URL whose query differs',
      send: (idp) =>
        open(idp, { assertionConsumerServiceUrl: 'https://perform.trakstar.com/auth/saml/callback' }),
      code: 50011,
      says: /reply URL/,
      mender: /octet for octet and with its query/,
    },
    {
      name: 'an issuer that no application has',
      send: (idp) => open(idp, { issuer: 'https://perform.trakstar.com/' }),
      code: 700016,
      says: /No application with the identifier 'https:\/\/perform\.trakstar\.com\/' was found in Contoso/,
      mender: /Identifier \(Entity ID\)/,
    },
    {
      name: 'an ID that is no XML ID',
      send: (idp) => post(idp, requestOf(idp).xml.replace(/ ID="_[^"]*"/, ' ID="1abc"')),
      code: 7500529,
      says: /not a valid one/,
      mender: /Whoever runs the application/,
    },
    {
      name: 'no request at all',
      send: (idp) => idp.browser().open(`/${idp.tenantId}/saml2`),
      code: 750054,
      says: /SAMLRequest is missing/,
      mender: /You\. Start at the application/,
    },
    {
      name: 'a request that is no base64',
      send: (idp) => idp.browser().open(`/${idp.tenantId}/saml2?SAMLRequest=%25%25`),
      code: 75005,
      says: /not a valid SAML 2\.0 request/,
      mender: /Whoever runs the application/,
    },
    {
      name: 'XML that is not well-formed',
      send: (idp) => post(idp, '<samlp:AuthnRequest'),
      code: 7500525,
      says: /XML of the SAML request/,
      mender: /Whoever runs the application/,
    },
    {
      name: 'XML with a document type',
      send: (idp) => post(idp, `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${requestOf(idp).xml}`),
      code: 7500525,
      says: /XML of the SAML request/,
      mender: /Whoever runs the application/,
    },
    {
      name: 'a request without a version',
      send: (idp) => post(idp, requestOf(idp).xml.replace(' Version="2.0"', '')),
      code: 75005,
      says: /not a valid SAML 2\.0 request/,
      mender: /Whoever runs the application/,
    },
    {
      name: 'a NameID format that is not issued',
      send: (idp) => open(idp, { nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos' }),
      code: 75016,
      says: /nameid-format:kerberos/,
      mender: /Whoever runs Trakstar/,
    },
    {
      name: 'a subject in the request',
      send: (idp) =>
        post(
          idp,
          requestOf(idp).xml.replace(
            /<\/([a-z]*:?)Issuer>/,
            '</$1Issuer><s:Subject xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion"><s:NameID>x</s:NameID></s:Subject>',
          ),
        ),
      code: 900236,
      says: /a property that is not supported/,
      mender: /login_hint/,
    },
    {
      name: 'another destination',
      send: (idp) => open(idp, { destination: 'https://id.fabrikam.example/saml2' }, idp.tenantId),
      code: 75008,
      says: /addressed to another place: 'https:\/\/id\.fabrikam\.example\/saml2'/,
      mender: /Login URL/,
    },
    {
      name: 'a response instead of a request',
      send: (idp) =>
        idp
          .browser()
          .open(`/${idp.tenantId}/saml2`, { form: { SAMLResponse: encodePost('<x/>') }, crossSite: true }),
      code: 75005,
      says: /not a valid SAML 2\.0 request/,
      mender: /Whoever runs the application/,
    },
    {
      name: 'a logout request',
      send: (idp) =>
        post(
          idp,
          '<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_a" Version="2.0" IssueInstant="2026-11-23T12:00:00Z"/>',
        ),
      code: 50061,
      says: /asked to sign you out/,
      mender: /sign-out page/,
    },
  ];
  for (const { name, send, code, status = 400, says, mender } of atOnce)
    test(`${name}: ${code}`, async () => {
      const { idp } = await ready();
      const before = await stateOf(idp);
      await assertRefused(idp, await send(idp), { code, status, says, mender }, before);
    });

  test('an administrator is shown the cause and the way to the page that mends it, others are not', async () => {
    const { idp, trakstar } = await ready();
    const refuse = async (userName: string, password: string) => {
      const browser = idp.browser();
      await browser.signIn({ userName, password });
      return browser.open(requestOf(idp, { assertionConsumerServiceUrl: `${acs}2` }).url);
    };
    const shown = await refuse('admin@contoso.example', 'Correct-Horse-7');
    assert.match(textOf(shown), /request-reply-url-unknown.*expected https:.*namespace=contoso; received/);
    assert.ok(shown.text.includes(`href="/admin/enterprise-applications/${trakstar.id}/single-sign-on"`));
    const hidden = await refuse(simon.userName, simon.password);
    assert.match(textOf(hidden), /AADSTS50011/);
    assert.doesNotMatch(hidden.text, /request-reply-url-unknown|enterprise-applications\//);
  });

  test('an organisation that does not exist: 90002, on a page', async () => {
    const { idp } = await ready();
    const before = await stateOf(idp);
    const answer = await idp.browser().open('/fabrikam.example/saml2?SAMLRequest=x');
    assert.equal(answer.status, 404);
    assert.match(textOf(answer), /AADSTS90002: There is no organisation 'fabrikam\.example' here/);
    assert.deepEqual(await stateOf(idp), before);
  });

  test('what the request brings is shown as text', async () => {
    const { idp } = await ready();
    const answer = await open(idp, { issuer: 'urn:<script>alert(1)</script>' });
    assert.doesNotMatch(answer.text, /<script>alert/);
  });

  test('an application that is disabled: 7000112, before anybody is asked to sign in', async () => {
    const { idp, trakstar } = await ready();
    await idp.api('PATCH', `/servicePrincipals/${trakstar.id}`, { accountEnabled: false });
    const before = await stateOf(idp);
    const answer = await idp.browser().open(requestOf(idp).url);
    await idp.api('PATCH', `/servicePrincipals/${trakstar.id}`, { accountEnabled: true });
    await assertRefused(
      idp,
      answer,
      { code: 7000112, status: 403, says: /Trakstar is disabled/, mender: /Enabled for users to sign-in\?/ },
      before,
    );
  });

  test('a user disabled after signing in: 50057', async () => {
    const { idp, trakstar } = await ready();
    const id = await idp.addUser('off@contoso.example', simon.password);
    await assign(idp, id, trakstar);
    const browser = idp.browser();
    await browser.signIn({ ...simon, userName: 'off@contoso.example' });
    await idp.context.db.kysely
      .updateTable('users')
      .set({ accountEnabled: 0 })
      .where('id', '=', id)
      .execute();
    const before = await stateOf(idp);
    const answer = await browser.open(requestOf(idp).url);
    await assertRefused(
      idp,
      answer,
      {
        code: 50057,
        status: 403,
        says: /Your user account is disabled/,
        mender: /An administrator of Contoso/,
      },
      before,
    );
  });

  test('an authentication context nobody can meet here: 75011', async () => {
    const { idp } = await ready();
    const browser = idp.browser();
    await browser.signIn(simon);
    const before = await stateOf(idp);
    const answer = await postFrom(browser, idp, withContext(requestOf(idp).xml, 'X509'));
    await assertRefused(
      idp,
      answer,
      {
        code: 75011,
        status: 400,
        says: /not one of those the application accepts/,
        mender: /Whoever runs Trakstar/,
      },
      before,
    );
    const met = await postFrom(browser, idp, withContext(requestOf(idp).xml, 'PasswordProtectedTransport'));
    assert.match(met.text, /name="SAMLResponse"/);
  });

  test('an application without a reply URL: 900971', async () => {
    const { idp } = await ready();
    await addTrakstar(idp, { displayName: 'Bare', identifier: 'urn:bare', replyUrls: [] });
    const before = await stateOf(idp);
    const xml = requestOf(idp, { issuer: 'urn:bare' }).xml.replace(
      / AssertionConsumerServiceURL="[^"]*"/,
      '',
    );
    await assertRefused(
      idp,
      await post(idp, xml),
      {
        code: 900971,
        status: 400,
        says: /No reply URL is registered for Bare/,
        mender: /An administrator of Contoso/,
      },
      before,
    );
  });

  test('a reply URL that was taken away while the person signed in: 50011', async () => {
    const { idp } = await ready();
    const application = await addTrakstar(idp, { displayName: 'Moved', identifier: 'urn:moved' });
    const browser = idp.browser();
    await browser.signIn(simon);
    const arrived = await browser.send(requestOf(idp, { issuer: 'urn:moved' }).url);
    await idp.api('PATCH', `/applications/${application.applicationId}`, {
      web: { redirectUris: ['https://moved.example/acs'] },
    });
    assert.match(textOf(await browser.open(arrived.location ?? '')), /AADSTS50011/);
  });

  test('refused while signing in: a password that is wrong stays on the page and in the log of the application', async () => {
    const { idp, trakstar } = await ready();
    const browser = idp.browser();
    const request = requestOf(idp);
    const page = await browser.submit(await browser.open(request.url), {
      ...simon,
      password: 'Wrong-Horse-7',
    });
    assert.match(textOf(page), /to continue to\s+Trakstar.*AADSTS50126/);
    const line = (await idp.signIns()).find((each) => each.samlRequestId === request.id);
    assert.equal(line?.errorCode, 50126);
    assert.equal(line?.appId, trakstar.appId);
  });
});

function open(
  idp: Installation,
  changes: Parameters<typeof requestOf>[1],
  tenantId: string = idp.tenantId,
): Promise<Answer> {
  const { search } = new URL(requestOf(idp, changes).url);
  return idp.browser().open(`${publicUrl}/${tenantId}/saml2${search}`);
}

function post(idp: Installation, xml: string): Promise<Answer> {
  return postFrom(idp.browser(), idp, xml);
}

function postFrom(
  browser: ReturnType<Installation['browser']>,
  idp: Installation,
  xml: string,
): Promise<Answer> {
  return browser.open(`/${idp.tenantId}/saml2`, { form: { SAMLRequest: encodePost(xml) }, crossSite: true });
}

function withContext(xml: string, name: string): string {
  const context = `<samlp:RequestedAuthnContext Comparison="exact"><saml:AuthnContextClassRef xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">urn:oasis:names:tc:SAML:2.0:ac:classes:${name}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`;
  return xml.replace('</samlp:AuthnRequest>', `${context}</samlp:AuthnRequest>`);
}
