import { rules, SamlRejection } from '@countersign/saml';
import {
  type DescribedFact,
  type DescribedPart,
  describeMessage,
  type MessageDescription,
} from '@countersign/saml/examine';
import { noticesOf } from './notices.ts';
import { querySignatureOf, querySignatureText } from './query-signature.ts';
import { algorithmText, certificateText, instantText, screenText, visible } from './show.ts';
import { ArtifactFound, NothingFound, unpack, type Unpacked } from './unpack.ts';

/** What to print, and the exit code: 0 it was shown, 1 it is no SAML, or cannot be. */
export type Inspection = { code: 0 | 1; says: string };

/**
 * Says what a message is, whatever it is wrapped in, and prints it for reading. Nothing is verified.
 *
 * @param input what the file holds, as it is
 * @param now epoch milliseconds
 */
export function inspect(input: Uint8Array, now: number): Inspection {
  let unpacked: Unpacked;
  try {
    unpacked = unpack(input);
  } catch (error) {
    if (error instanceof ArtifactFound)
      return { code: 0, says: screenText(describeArtifact(error.artifact)) };
    if (!(error instanceof NothingFound)) throw error;
    return { code: 1, says: screenText(nothingFound(input, error.tried)) };
  }
  try {
    const description = describeMessage(unpacked.octets);
    return description.parts.length === 0
      ? { code: 1, says: screenText(noMessage(unpacked, description)) }
      : { code: 0, says: screenText(say(unpacked, description, now)) };
  } catch (error) {
    if (!(error instanceof SamlRejection)) throw error;
    return { code: 1, says: screenText(unreadable(unpacked, error)) };
  }
}

function say(unpacked: Unpacked, { parts, xml, objection }: MessageDescription, now: number): string[] {
  const notices = [
    ...(objection === undefined
      ? []
      : [`The engine refuses it: ${rules[objection.code].says} (${objection.code})`]),
    ...unpacked.lenient,
    ...noticesOf(parts, now, unpacked),
  ];
  return [
    'NOT VERIFIED: this is what the message says, and anybody can write a message.',
    '',
    ...row('Found as', unpacked.steps.join(', ')),
    ...row('Size', `${unpacked.octets.length} octets of XML`),
    ...unpacked.beside.flatMap(({ name, value }) =>
      row(visible(name), name === 'SigAlg' ? algorithmText(value) : visible(value)),
    ),
    ...parts.flatMap((part, index) => [
      '',
      `${part.title}${signatureText(part, index === 0 ? unpacked : undefined)}`,
      ...part.facts.flatMap((fact) => row(`  ${visible(fact.name)}`, factText(fact, now))),
    ]),
    '',
    notices.length === 0 ? 'Nothing particular to notice.' : 'To notice',
    ...notices.map((notice) => `  - ${notice}`),
    '',
    ...indented(xml),
  ];
}

/** Whether a part is signed; of the message itself, which stands first, the query may say so. */
function signatureText({ signed }: DescribedPart, carriedBy: Unpacked | undefined): string {
  if (signed === undefined) return '';
  const querySignature = carriedBy === undefined ? undefined : querySignatureOf(carriedBy);
  if (querySignature !== undefined) return ` (${querySignatureText(querySignature)})`;
  return signed ? ' (carries a signature)' : ' (no signature of its own)';
}

function indented(xml: string): string[] {
  return xml === ''
    ? ['It is too large to be shown as a whole.']
    : ['XML, indented for reading; its signatures do not verify in this form', '', ...xml.split('\n')];
}

/** XML that is no SAML, or of SAML something that nobody here reads. */
function noMessage({ steps }: Unpacked, { root, xml }: MessageDescription): string[] {
  const isSaml = root.startsWith('{urn:oasis:names:tc:SAML:2.0:');
  return [
    isSaml
      ? `This is SAML 2.0, but no message that is known here: ${visible(root)}.`
      : `This is no SAML 2.0 message: ${visible(root)}.${hint(root)}`,
    ...row('  decoded as', steps.join(', ')),
    '',
    ...indented(xml),
  ];
}

const column = 28;

function row(name: string, value: string): string[] {
  return name.length < column ? [name.padEnd(column) + value] : [name, ' '.repeat(column) + value];
}

function factText(fact: DescribedFact, now: number): string {
  switch (fact.kind) {
    case 'text':
      return visible(fact.text);
    case 'instant':
      return fact.instant === undefined ? visible(fact.text) : instantText(fact.instant, now);
    case 'algorithm':
      return algorithmText(fact.text);
    case 'certificate':
      return certificateText(fact.certificate);
  }
}

function hint(root: string): string {
  if (root.includes('SAML:1.')) return ' SAML 1.1 is another protocol, which is not spoken here.';
  if (root.includes('ws-trust') || root.includes('trust/200'))
    return ' It is WS-Trust, as WS-Federation uses it.';
  return root.includes('xhtml') || root.toLowerCase() === 'html'
    ? ' It is a web page: what is wanted is the value of its field SAMLResponse.'
    : '';
}

/** Two octets of type, two of endpoint index, 20 that name the sender, 20 that name the message (saml-bindings 3.6.4). */
function describeArtifact(artifact: string): string[] {
  const octets = Buffer.from(artifact, 'base64');
  const known = octets.length === 44 && octets.readUInt16BE(0) === 4;
  return [
    'NOT VERIFIED: an artifact, which stands for a message that its receiver fetches from the sender, once.',
    '',
    ...row('SAMLart', visible(artifact)),
    ...(known
      ? [
          ...row('  Endpoint index', `${octets.readUInt16BE(2)}`),
          ...row('  Source ID', `${octets.toString('hex', 4, 24)} (SHA-1 of the sender's entity ID)`),
          ...row('  Message handle', octets.toString('hex', 24)),
        ]
      : ['', 'To notice', '  - It is not of type 4 with 44 octets, the only one SAML 2.0 has.']),
  ];
}

function nothingFound(input: Uint8Array, tried: readonly string[]): string[] {
  if (input.length === 0) return ['This is not SAML: There is nothing in it.'];
  return [`This is not SAML: ${input.length} octets.`, `Tried: ${tried.join('; ')}.`];
}

/**
 * The engine reads a subset of XML; what lies outside is shown as it is, as far as a screen can, with a bar before each of
 * its lines: they are nobody's but the sender's.
 */
function unreadable({ steps, octets }: Unpacked, { code, expected, actual }: SamlRejection): string[] {
  const text = Buffer.from(octets).toString('utf8');
  const shown = text.length > 20_000 ? `${text.slice(0, 20_000)}…` : text;
  return [
    `This cannot be read as XML: ${rules[code].says} (${code})`,
    ...(expected === undefined ? [] : row('  expected', visible(expected))),
    ...(actual === undefined ? [] : row('  found', visible(actual))),
    ...row('  decoded as', steps.join(', ')),
    '',
    'The text',
    '',
    ...shown.split(/\r\n|\n/).map((line) => `| ${line}`),
  ];
}
