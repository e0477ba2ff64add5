import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { rsaCertificate } from '../saml/fixtures/made-certificate.ts';
import { type ConnectionForm, readConnectionSettings, summarizeCertificate } from './connection-settings.ts';
import {
  expiredYesterday,
  signingNext,
  signingNow,
  testTime,
  untimelyBegin,
  untimelyEnd,
  validTomorrow,
} from './testing/identity-provider.ts';
import { selfSigned } from './testing/self-signed.ts';

const own = {
  entityId: 'https://perform.trakstar.com',
  assertionConsumerServiceUrl: 'https://perform.trakstar.com/auth/saml/callback?namespace=contoso',
};
const good: ConnectionForm = {
  certificate: signingNow.pem,
  loginUrl: 'https://id.contoso.example/1234/saml2',
  identifier: 'https://id.contoso.example/1234/',
  logoutUrl: 'https://id.contoso.example/1234/saml2',
};
const read = (change: Partial<ConnectionForm>) =>
  readConnectionSettings({ ...good, ...change }, own, testTime);

/** Which field is told what, by code. */
function errors(change: Partial<ConnectionForm>): Record<string, string> {
  const result = read(change);
  return result.ok ? {} : Object.fromEntries(result.errors.map(({ field, code }) => [field, code]));
}

function settings(change: Partial<ConnectionForm>) {
  const result = read(change);
  assert.ok(result.ok, JSON.stringify(result));
  return result.settings;
}

test('settings as the identity provider shows them are read as they are', () => {
  assert.deepEqual(settings({}), { ...pick(good), certificates: [signingNow.pem] });
});

function pick({ loginUrl, identifier, logoutUrl }: ConnectionForm) {
  return { loginUrl, identifier, logoutUrl };
}

test('blanks and line breaks around a value are dropped, and nothing else is', () => {
  const padded = Object.fromEntries(Object.entries(good).map(([name, value]) => [name, ` \r\n${value}\n\t`]));
  assert.deepEqual(settings(padded), settings({}));
  assert.equal(settings({ identifier: 'urn:example:IdP' }).identifier, 'urn:example:IdP');
});

test('a certificate may be PEM, several PEM, PEM with Windows line ends or bare base64', () => {
  const crlf = signingNow.pem.replaceAll('\n', '\r\n');
  const bare = signingNow.certificate.raw.toString('base64');
  for (const certificate of [crlf, bare, bare.replace(/.{64}/g, '$&\n')])
    assert.deepEqual(settings({ certificate }).certificates, [signingNow.pem]);
  const both = settings({ certificate: signingNow.pem + signingNext.pem }).certificates;
  assert.deepEqual(both, [signingNow.pem, signingNext.pem]);
  assert.equal(settings({ certificate: signingNow.pem + signingNow.pem }).certificates.length, 1);
});

test('a certificate that becomes valid later may be saved ahead of a change', () => {
  const { certificates } = settings({ certificate: signingNow.pem + validTomorrow.pem });
  assert.equal(certificates.length, 2);
});

test('what is pasted into the field Certificate and is none is named for what it is', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const cases: Record<string, string> = {
    'certificate-missing': '  ',
    'certificate-is-private-key': `${signingNow.pem}${privateKey.export({ type: 'pkcs8', format: 'pem' })}`,
    'certificate-is-public-key': String(publicKey.export({ type: 'spki', format: 'pem' })),
    'certificate-is-request': '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----',
    'certificate-is-metadata': '<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:x" entityID="y"/>',
    'certificate-is-url': 'https://id.contoso.example/certificate.cer',
    'certificate-is-thumbprint': signingNow.certificate.fingerprint,
    'certificate-unreadable': 'hello',
    'certificate-too-long': 'A'.repeat(100_001),
    'certificate-expired': signingNow.pem + expiredYesterday.pem,
    'certificate-untimely': signingNow.pem + untimelyEnd.pem,
    'certificate-key': selfSigned('Weak', testTime - 1000, testTime + 100_000, 1024).pem,
  };
  for (const [code, certificate] of Object.entries(cases))
    assert.deepEqual(errors({ certificate }), { certificate: code });
  const costly = rsaCertificate(8193, 3n).toString();
  assert.deepEqual(errors({ certificate: costly }), { certificate: 'certificate-key' });
  const many = Array.from({ length: 9 }, (_, index) => selfSigned(`${index}`, testTime, testTime + 1000).pem);
  assert.deepEqual(errors({ certificate: many.join('') }), { certificate: 'certificate-too-many' });
});

test('a certificate without a readable beginning is none that may be saved either', () => {
  assert.deepEqual(errors({ certificate: untimelyBegin.pem }), { certificate: 'certificate-untimely' });
});

test('the sentence about an expired certificate says which one and when', () => {
  const result = read({ certificate: expiredYesterday.pem });
  assert.ok(!result.ok);
  const says = result.errors[0]?.says ?? '';
  assert.ok(
    says.includes('2027-01-14') &&
      says.includes(summarizeCertificate(expiredYesterday.certificate).thumbprint),
  );
});

test('a URL must be https, whole, and what the field asks for', () => {
  const cases: Record<string, string> = {
    'login-url-missing': '',
    'url-malformed': 'id.contoso.example/saml2',
    'url-not-https': 'http://id.contoso.example/saml2',
    'url-credentials': 'https://user:secret@id.contoso.example/saml2',
    'url-fragment': 'https://id.contoso.example/saml2#x',
    'url-is-metadata': 'https://id.contoso.example/1234/federationmetadata/2007-06/federationmetadata.xml',
    'url-is-own': own.assertionConsumerServiceUrl,
    'url-is-certificate': signingNow.pem,
  };
  for (const [code, loginUrl] of Object.entries(cases))
    assert.deepEqual(errors({ loginUrl }), { loginUrl: code });
  for (const loginUrl of [
    'javascript:alert(1)//',
    'https://a.example/x y',
    'ftp://id.contoso.example/',
    '//id.example',
  ])
    assert.deepEqual(errors({ loginUrl }), { loginUrl: 'url-malformed' });
  for (const host of ['localhost:4000', '127.0.0.1:4000', '[::1]:4000', 'id.localhost'])
    assert.deepEqual(errors({ loginUrl: `http://${host}/1234/saml2` }), {});
});

test('the Logout URL may be empty and is checked where it is not', () => {
  assert.equal(settings({ logoutUrl: '' }).logoutUrl, '');
  assert.deepEqual(errors({ logoutUrl: 'http://id.contoso.example/out' }), { logoutUrl: 'url-not-https' });
});

test('an Identifier is one text without blanks', () => {
  assert.deepEqual(errors({ identifier: '' }), { identifier: 'identifier-missing' });
  assert.deepEqual(errors({ identifier: 'https://a.example/ https://b.example/' }), {
    identifier: 'identifier-blank',
  });
  assert.deepEqual(errors({ identifier: `urn:${'x'.repeat(1024)}` }), { identifier: 'identifier-too-long' });
  assert.deepEqual(errors({ identifier: own.entityId }), { identifier: 'url-is-own' });
});

test('Login URL and Identifier pasted crosswise are noticed on both fields', () => {
  const both = { loginUrl: 'fields-swapped', identifier: 'fields-swapped' };
  assert.deepEqual(errors({ loginUrl: good.identifier, identifier: good.loginUrl }), both);
  assert.deepEqual(
    errors({
      loginUrl: 'https://sts.windows.net/1234/',
      identifier: 'https://login.microsoftonline.com/1234/saml2',
    }),
    both,
  );
  assert.deepEqual(errors({ loginUrl: 'urn:example:idp', identifier: 'https://id.example/sso' }), both);
});

test('the values of known products are not taken for swapped', () => {
  const products: [loginUrl: string, identifier: string][] = [
    ['https://login.microsoftonline.com/1234/saml2', 'https://sts.windows.net/1234/'],
    ['https://x.okta.com/app/trakstar/exk1/sso/saml', 'http://www.okta.com/exk1'],
    ['https://accounts.google.com/o/saml2/idp?idpid=C01', 'https://accounts.google.com/o/saml2?idpid=C01'],
    ['https://keycloak.example/realms/x/protocol/saml', 'https://keycloak.example/realms/x'],
    ['https://adfs.example/adfs/ls/', 'http://adfs.example/adfs/services/trust'],
    ['https://x.onelogin.com/trust/saml2/http-post/sso/1', 'https://app.onelogin.com/saml/metadata/1'],
    ['https://auth.pingone.eu/1/saml20/idp/sso', 'https://auth.pingone.eu/1'],
  ];
  for (const [loginUrl, identifier] of products)
    assert.deepEqual(errors({ loginUrl, identifier }), {}, loginUrl);
});

test('all mistakes are told at once, in the order of the form', () => {
  const result = read({ certificate: '', loginUrl: '', identifier: '', logoutUrl: 'x' });
  assert.ok(!result.ok);
  assert.deepEqual(
    result.errors.map(({ field }) => field),
    ['certificate', 'loginUrl', 'identifier', 'logoutUrl'],
  );
  for (const { says } of result.errors) assert.match(says, /^[A-Z].*\.$/);
});

test('a certificate is summed up so that both consoles can be compared', () => {
  const summary = summarizeCertificate(new X509Certificate(signingNow.pem));
  assert.equal(summary.subject, 'CN=Signing now');
  assert.equal(summary.validTo, signingNow.certificate.validToDate.getTime());
  assert.match(summary.thumbprint, /^[0-9A-F]{40}$/);
  assert.match(summary.thumbprint256, /^[0-9A-F]{64}$/);
});

test('and so is one that has no name and no readable date', () => {
  const { subject, validFrom, validTo } = summarizeCertificate(untimelyEnd.certificate);
  assert.deepEqual([subject, validFrom, validTo], ['', testTime - 300 * 86_400_000, Number.NaN]);
});
