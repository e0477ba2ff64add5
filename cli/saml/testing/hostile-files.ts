import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { fixtureCertificate } from '../../../saml/fixtures/hand-signer.ts';
import { entityText } from '../../../saml/fixtures/metadata-text.ts';
import { responseText } from '../../../saml/fixtures/response-text.ts';
import { root } from '../../install.js';

/** A file that somebody sends in, and what is in it. */
export type HostileFile = readonly [name: string, octets: Uint8Array];

/** Stands behind everything that could be taken for the end of a line; no line may begin with it. */
export const forged = 'FORGED';

const lineEnds = ['\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029', '\u001b[1E', '\u009b1E'];
const unseen = '\u001b[2K\u009b31m\u0007\b\t\u007f\u202e\u2066\u061c\u200b\u00ad\ufeff\u3164\ufff9\u{e0041}';

/** What a terminal would obey, hide or take for the end of a line. */
export const planted = `x${lineEnds.map((end) => `${end}  - ${forged}`).join('')}${unseen}`;

/** The same as XML can carry it: no control of ASCII but three, and those as references, or they become blanks. */
const plantedXml = planted
  .replaceAll(/[\0-\b\v\f\u000e-\u001f]/g, '')
  .replaceAll(/[\t\n\r]/g, (control) => `&#${control.charCodeAt(0)};`);

/** What is no character of a name for the eye, but is one for XML. */
const unseenInNames = '\u061c\u200c\ufeff\u3164\u{e0041}';

const fixtures = join(root, 'saml', 'fixtures');

/** The messages of the fixtures, as they lie there. */
export function* fixtureFiles(): Generator<HostileFile> {
  for (const kind of ['accepted', 'rejected'])
    for (const file of readdirSync(join(fixtures, kind), { recursive: true, encoding: 'utf8' }))
      if (/message\.(?:xml|txt)$/.test(file)) yield [file, readFileSync(join(fixtures, kind, file))];
}

const kinds = [
  'response-and-assertion-signed',
  'response-with-known-conditions-and-advice',
  'encrypted-with-everything-around',
  'encrypted-name-id',
  'request-with-everything-that-is-supported',
  'logout-request-with-everything',
  'logout-response-partial-under-success',
  'metadata-of-an-identity-provider-with-every-part',
  'metadata-of-a-service-provider-with-every-part',
  'aggregate-unsigned',
  'artifact-response-around-a-signed-response',
];

/** One message of each kind, with something planted in one place: in a value, beside an element, in a name. */
export function* plantedFiles(): Generator<HostileFile> {
  for (const kind of kinds) {
    const text = readFileSync(join(fixtures, 'accepted', kind, 'message.xml'), 'utf8');
    for (const { index, 0: before } of text.matchAll(/="|>/g)) {
      const at = index + before.length;
      yield [`${kind}, value at ${at}`, Buffer.from(text.slice(0, at) + plantedXml + text.slice(at))];
      const end = text.slice(at).search(/["<]/);
      yield [
        `${kind}, value at ${at} replaced`,
        Buffer.from(text.slice(0, at) + plantedXml + (end === -1 ? '' : text.slice(at + end))),
      ];
    }
    for (const name of new Set(
      Array.from(text.matchAll(/[</\s:]([A-Za-z]\w*)(?=[\s=>:])/g), ([, each = '']) => each),
    ))
      yield [
        `${kind}, name ${name}`,
        Buffer.from(
          text.replaceAll(new RegExp(`([</\\s:])${name}(?=[\\s=>:])`, 'g'), `$1${name}${unseenInNames}`),
        ),
      ];
  }
}

/** Something planted in whatever can lie around a message. */
export function* wrappedFiles(): Generator<HostileFile> {
  const [name, value] = [encodeURIComponent(planted), encodeURIComponent(planted)];
  const request = encodeURIComponent(deflateRawSync(Buffer.from(responseText())).toString('base64'));
  const texts = [
    planted,
    `<${planted}`,
    `<!DOCTYPE a [${planted}]>`,
    `<?xml version="1.0"?>\n<a>\n${forged}\n${planted}</b>`,
    `SAMLRequest=${request}&${name}=${value}&RelayState=${value}&SigAlg=${value}&Signature=${value}`,
    `SAMLRequest=${request}&RelayState=${planted}&${planted}=x`,
    `https://a.example/${planted}?SAMLResponse=${value}`,
    `SAMLart=${value}`,
    `SAMLart=${planted}`,
    JSON.stringify(planted),
    JSON.stringify({ SAMLart: planted }),
    JSON.stringify({ [planted]: planted, SAMLResponse: planted }),
    JSON.stringify({ message: `<${planted}` }),
    `<html>${planted}<input name="SAMLResponse" value="${planted}"></html>`,
    `<html><input name="SAMLResponse" value="&#x3c;a>&#10;${forged}&#x9b;&#x110000;&#9999999;"></html>`,
    Buffer.from(planted).toString('base64'),
    Buffer.from(`<${planted}`).toString('base64'),
    encodeURIComponent(planted),
  ];
  for (const text of texts) {
    yield [text, Buffer.from(text)];
    yield [`${text} compressed`, deflateRawSync(Buffer.from(text))];
    yield [`${text} in UTF-16`, Buffer.from(`\ufeff${text}`, 'utf16le')];
  }
}

/** A certificate for an empty name, which RFC 5280 4.1.2.6 allows. */
export const namelessCertificate =
  'MIIBUzCB+6ADAgECAhRuRZ4G1IDAqvLWlsdSQY+tz+NB5jAKBggqhkjOPQQDAjAAMB4XDTI2MTEyMzIzMDkwMFoXDTM2MTEyMDIzMDkwMFowADBZMBMG' +
  'ByqGSM49AgEGCCqGSM49AwEHA0IABBEtKu0MYz0coRa2NfNzt6gqdDyoQX9u419SjmKPm0YbHSXdaaGfKTHPGGvPC39aIckhXV7yOTOLPgtFCoQialyj' +
  'UzBRMB0GA1UdDgQWBBRJn5Zvdugr0i0pprv5A0tPJdvVnzAfBgNVHSMEGDAWgBRJn5Zvdugr0i0pprv5A0tPJdvVnzAPBgNVHRMBAf8EBTADAQH/MAoG' +
  'CCqGSM49BAMCA0cAMEQCICPFONp4ERncHRkq6z6LKeLeqrxlQmQrlzsYWCTmipAxAiApfUzRhDHOEz8vMg0+EJrqnK0gllfIxnsqFAXpwSECMg==';

/** Metadata with the certificate in it. */
export function withCertificate(base64: string): string {
  return entityText().replaceAll(/(<ds:X509Certificate>)[^<]*/g, `$1${base64}`);
}

/** Certificates of which every octet was something else once. */
export function* certificateFiles(): Generator<HostileFile> {
  yield ['a certificate without a name', Buffer.from(withCertificate(namelessCertificate))];
  const { raw } = fixtureCertificate('ec-p256');
  for (const at of raw.keys()) {
    for (const octet of [0x00, 0x0a, 0x1b, 0x1e, 0x80, 0xff, ((raw[at] ?? 0) + 1) % 256]) {
      const changed = Buffer.from(raw);
      changed[at] = octet;
      yield [
        `a certificate with ${octet} at ${at}`,
        Buffer.from(withCertificate(changed.toString('base64'))),
      ];
    }
  }
}
