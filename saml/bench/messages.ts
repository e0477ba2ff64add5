import { fixtureCertificate, type FixtureKey, fixtureKey } from '../fixtures/hand-signer.ts';
import { authnContexts, nameIdFormats, newMessageId, type SignatureAlgorithmName } from '../names.ts';
import { type IssueInput, issueResponse } from '../profiles/issue-response.ts';

export const identityProvider = 'https://sts.contoso.example/00000000-0000-0000-0000-000000000000/';
export const serviceProvider = 'https://app.fabrikam.example/saml';
export const replyUrl = 'https://app.fabrikam.example/saml/acs';

/** A response as the browser posts it; `samlResponse` is the value of the form field. */
export type BenchMessage = { xml: string; samlResponse: string; requestId: string; now: number };

/** Keys and algorithms that are measured. */
export const keys = {
  rsa: { name: 'rsa', algorithm: 'rsa-sha256' },
  ecdsa: { name: 'ec-p256', algorithm: 'ecdsa-sha256' },
} as const satisfies Record<string, { name: FixtureKey; algorithm: SignatureAlgorithmName }>;

export type KeyKind = keyof typeof keys;

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const microsoft = 'http://schemas.microsoft.com';

/** The attributes Entra ID sends without being asked, in its order; a group claim grows with the directory. */
function attributes(groups: number, count = 10): IssueInput['attributes'] {
  return [
    { name: `${microsoft}/identity/claims/tenantid`, values: ['00000000-0000-0000-0000-000000000000'] },
    {
      name: `${microsoft}/identity/claims/objectidentifier`,
      values: ['7c4f1f6e-3b1f-4b4e-9d38-7a0a5a1f2c11'],
    },
    { name: `${microsoft}/identity/claims/displayname`, values: ['Britta Simon & Söhne'] },
    { name: `${microsoft}/identity/claims/identityprovider`, values: [identityProvider] },
    {
      name: `${microsoft}/claims/authnmethodsreferences`,
      values: [
        `${microsoft}/ws/2008/06/identity/authenticationmethod/password`,
        `${microsoft}/claims/multipleauthn`,
      ],
    },
    { name: `${claims}/givenname`, values: ['Britta'] },
    { name: `${claims}/surname`, values: ['Simon'] },
    { name: `${claims}/emailaddress`, values: ['b.simon@contoso.example'] },
    { name: `${claims}/name`, values: ['b.simon@contoso.example'] },
    {
      name: `${microsoft}/ws/2008/06/identity/claims/groups`,
      values: Array.from(
        { length: groups },
        (_, i) => `${(0x3f9a0000 + i).toString(16)}-5c1d-4e0f-8a2b-6d7e8f901234`,
      ),
    },
  ]
    .slice(0, count)
    .filter(({ values }) => values.length > 0);
}

/** What a response is issued from; as it stands it makes the message of 4 to 5 KB that Entra ID sends. */
export function issueInput(
  now: number,
  signing: KeyKind = 'rsa',
  much: { attributes: number; groups: number } = { attributes: 6, groups: 0 },
): IssueInput {
  const { name, algorithm } = keys[signing];
  return {
    issuer: identityProvider,
    audience: serviceProvider,
    replyUrl,
    inResponseTo: newMessageId(),
    now,
    responseId: newMessageId(),
    assertionId: newMessageId(),
    lifetime: { notBefore: now - 300_000, notOnOrAfter: now + 3_600_000 },
    nameId: { value: 'b.simon@contoso.example', format: nameIdFormats.emailAddress },
    attributes: attributes(much.groups, much.attributes),
    authentication: { instant: now - 60_000, contextClassRef: authnContexts.password },
    signing: { key: fixtureKey(name), certificate: fixtureCertificate(name), algorithm, sign: 'assertion' },
  };
}

const octetsOfAGroup = 74;

/** A response of about this size, 2 KB or more: fewer attributes than usual and no certificate, or more groups. */
export async function benchMessage(
  kilobytes: number,
  now: number,
  signing: KeyKind = 'rsa',
): Promise<BenchMessage> {
  const usual = issueInput(now, signing);
  if (kilobytes < 4) {
    const message = await issued(issueInput(now, signing, { attributes: 0, groups: 0 }));
    // Nothing is signed of what KeyInfo says.
    return posted(message.xml.replace(/<KeyInfo>.*<\/KeyInfo>/, ''), message);
  }
  const message = await issued(usual);
  const groups = Math.round((kilobytes * 1024 - message.xml.length) / octetsOfAGroup);
  return groups < 20 ? message : issued(issueInput(now, signing, { attributes: 10, groups }));
}

/** Issues a message and posts it. */
export async function issued(input: IssueInput): Promise<BenchMessage> {
  const { xml } = await issueResponse(input);
  return posted(xml, { requestId: input.inResponseTo ?? '', now: input.now });
}

/** The form field of a message. */
export function posted(xml: string, { requestId, now }: { requestId: string; now: number }): BenchMessage {
  return { xml, samlResponse: Buffer.from(xml).toString('base64'), requestId, now };
}
