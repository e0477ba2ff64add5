import {
  decodeRedirect,
  type IssueInput,
  issueResponse,
  nameIdFormats,
  newMessageId,
  readAuthnRequest,
} from '@countersign/saml';
import { type SelfSigned, selfSigned } from './self-signed.ts';

/** When every test takes place, unless it moves the clock. */
export const testTime = Date.parse('2027-01-15T12:00:00.000Z');
const day = 24 * 60 * 60 * 1000;

/** Keys are slow to make, so one of each kind serves all tests of a file. */
export const signingNow: SelfSigned = selfSigned('Signing now', testTime - 300 * day, testTime + 300 * day);
export const signingNext: SelfSigned = selfSigned('Signing next', testTime - day, testTime + 600 * day);
export const expiredYesterday: SelfSigned = selfSigned('Expired', testTime - 900 * day, testTime - day);
export const validTomorrow: SelfSigned = selfSigned('Not yet valid', testTime + day, testTime + 900 * day);
export const untimelyBegin: SelfSigned = selfSigned('', Number.NaN, testTime + 300 * day);
export const untimelyEnd: SelfSigned = selfSigned('', testTime - 300 * day, Number.NaN);
export const stranger: SelfSigned = selfSigned('Stranger', testTime - day, testTime + 300 * day);

/** A customer's identity provider: issues what the engine issues, or one thing otherwise. */
export const identifier = 'https://id.contoso.example/0190a1b2-0000-7000-8000-000000000001/';
export const loginUrl = `${identifier}saml2`;

/** What an identity provider reads from the address it is called with. */
export function readRequest(url: string): { id: string; issuer: string; replyUrl: string } {
  const message = decodeRedirect(url.slice(url.indexOf('?') + 1));
  const text = Buffer.from(message.octets).toString();
  const [, replyUrl = ''] = /AssertionConsumerServiceURL="([^"]*)"/.exec(text) ?? [];
  return { ...readAuthnRequest(message).unverified, replyUrl };
}

/** A genuine answer to the request at `url`, or with `change` made to it before it is signed. */
export async function answer(
  url: string,
  change: Partial<IssueInput> & { signedBy?: SelfSigned; unsolicited?: boolean } = {},
): Promise<{ SAMLResponse: string; xml: string }> {
  const { signedBy = signingNow, unsolicited = false, ...rest } = change;
  const request = readRequest(url);
  const now = rest.now ?? testTime;
  const issued = await issueResponse({
    issuer: identifier,
    audience: request.issuer,
    replyUrl: request.replyUrl,
    ...(unsolicited ? {} : { inResponseTo: request.id }),
    now,
    responseId: newMessageId(),
    assertionId: newMessageId(),
    lifetime: { notBefore: now - 300_000, notOnOrAfter: now + 3_600_000 },
    nameId: { value: 'B.Simon@contoso.example', format: nameIdFormats.emailAddress },
    attributes: [],
    authentication: {
      instant: now - 1000,
      contextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
    },
    signing: {
      key: signedBy.key,
      certificate: signedBy.certificate,
      algorithm: 'rsa-sha256',
      sign: 'assertion',
    },
    ...rest,
  });
  return { SAMLResponse: issued.samlResponse, xml: issued.xml };
}

/** A message changed after it was signed, as the form value. */
export function encode(xml: string): string {
  return Buffer.from(xml).toString('base64');
}

/** A message without any of its signatures. */
export function withoutSignatures(xml: string): string {
  return xml.replace(/<(\w+:)?Signature[ >][\s\S]*?<\/\1?Signature>/g, '');
}
