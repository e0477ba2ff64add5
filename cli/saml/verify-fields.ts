import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import {
  type CompatibilitySwitch,
  compatibilitySwitches,
  decodePost,
  decodeRedirect,
  readCertificates,
  type ReceivedMessage,
  SamlRejection,
} from '@countersign/saml';
import {
  decodeBase64,
  type ExamineInput,
  type MessageType,
  messageTypeOf,
  messageTypes,
  readDateTime,
} from '@countersign/saml/examine';

/** A line that cannot be judged, and why: the sentence names the field. It says nothing about any message. */
export class LineError extends Error {}

const fields = [
  'id',
  'type',
  'message',
  'envelope',
  'query',
  'certificates',
  'idpEntityId',
  'audience',
  'acs',
  'inResponseTo',
  'now',
  'skewSeconds',
  'decryptionKeys',
  'allow',
] as const;
/** Certificates of the sender, and keys to decrypt with. */
const mostKeys = 16;

type Given = Partial<Record<(typeof fields)[number], unknown>>;

/**
 * Reads the fields of one line into what the engine examines. A field of another name is an error, not ignored: an
 * `audience` that is misspelt would otherwise be an audience that nobody checks.
 *
 * @throws LineError where the line is malformed; SamlRejection where the message does not even come off its binding
 */
export function readFields(given: Given): ExamineInput {
  const known: readonly string[] = fields;
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new LineError(`There is no field ${quoted(unknown)}.`);
  const type = messageType(given.type);
  const skewSeconds = given.skewSeconds ?? 0;
  if (typeof skewSeconds !== 'number' || !(skewSeconds >= 0 && skewSeconds <= 180))
    throw new LineError('skewSeconds is not a number from 0 to 180.');
  const [idpEntityId, audience, acs] = [
    text(given, 'idpEntityId'),
    text(given, 'audience'),
    text(given, 'acs'),
  ];
  const inResponseTo = given.inResponseTo === null ? null : text(given, 'inResponseTo');
  const decryptionKeys = privateKeys(texts(given, 'decryptionKeys'));
  const allow = texts(given, 'allow')?.map(compatibilitySwitch);
  const expected = {
    certificates: certificatesIn(texts(given, 'certificates') ?? []),
    ...(idpEntityId === undefined ? {} : { idpEntityId }),
    ...(audience === undefined ? {} : { audience }),
    ...(acs === undefined ? {} : { acs }),
    ...(inResponseTo === undefined ? {} : { inResponseTo }),
    now: instant(given.now),
    skewMilliseconds: Math.round(skewSeconds * 1000),
    ...(decryptionKeys === undefined ? {} : { decryptionKeys }),
    ...(allow === undefined ? {} : { allow }),
  };
  return { ...receivedMessage(given, type), ...expected };
}

/** The message is taken off its binding last: what is wrong with the line is said before what is wrong with the message. */
function receivedMessage(
  given: Given,
  wanted: MessageType | undefined,
): { message: ReceivedMessage; type?: MessageType } {
  const ways = (['message', 'envelope', 'query'] as const).filter((name) => given[name] !== undefined);
  const [way, another] = ways;
  if (way === undefined) throw new LineError('One of message, envelope and query is missing.');
  if (another !== undefined)
    throw new LineError(`There may be only one of message, envelope and query, not ${ways.join(' and ')}.`);
  const value = text(given, way) ?? '';
  const message = way === 'query' ? decodeRedirect(value) : withoutParameter(way, value);
  const type = wanted ?? messageTypeOf(message.octets);
  if (type === 'Metadata' && way !== 'message')
    throw new LineError(`Metadata does not travel by a binding: give it as message, not as ${way}.`);
  const answers = type === 'Response' || type === 'LogoutResponse';
  const parameter = way === 'query' ? message.parameter : answers ? 'SAMLResponse' : 'SAMLRequest';
  return { message: { ...message, parameter }, ...(type === undefined ? {} : { type }) };
}

function withoutParameter(way: 'message' | 'envelope', value: string): ReceivedMessage {
  if (way === 'envelope') return decodePost({ SAMLResponse: value });
  try {
    const octets = decodeBase64(value, { whitespace: 'allowed' });
    return { binding: 'post', parameter: 'SAMLResponse', octets };
  } catch (error) {
    const where = error instanceof SamlRejection && error.actual !== undefined ? ` (${error.actual})` : '';
    throw new LineError(`message is not the base64 of XML octets${where}.`);
  }
}

function messageType(given: unknown): MessageType | undefined {
  if (given === undefined) return undefined;
  const type = messageTypes.find((each) => each === given);
  if (type === undefined) throw new LineError(`type is none of ${messageTypes.join(', ')}.`);
  return type;
}

function text(given: Given, name: keyof Given): string | undefined {
  const value = given[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new LineError(`${name} is not a string.`);
}

function texts(given: Given, name: keyof Given): string[] | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw new LineError(`${name} is not an array of strings.`);
}

function instant(given: unknown): number {
  if (given === undefined) throw new LineError('now is missing.');
  try {
    if (typeof given === 'string') return readDateTime(given);
  } catch {
    // Said below.
  }
  throw new LineError('now is not a UTC time such as 2026-11-23T12:00:00Z.');
}

function compatibilitySwitch(name: string): CompatibilitySwitch {
  if (Object.hasOwn(compatibilitySwitches, name)) return name as CompatibilitySwitch;
  throw new LineError(`There is no compatibility switch ${quoted(name)}.`);
}

/** Counted before any is read: each of them is tried with every signature. */
function certificatesIn(pems: readonly string[]): X509Certificate[] {
  let count = 0;
  for (const pem of pems) {
    // One may be written without PEM around it.
    count += Math.max(1, pem.split('-----BEGIN CERTIFICATE-----', mostKeys + 2).length - 1);
    if (count > mostKeys) throw new LineError(`certificates has more than ${mostKeys} certificates.`);
  }
  return pems.flatMap((pem, index) =>
    remembered(certificates, pem, () => certificatesOf(pem, `certificates[${index}]`)),
  );
}

function certificatesOf(pem: string, name: string): X509Certificate[] {
  try {
    return readCertificates(pem);
  } catch (error) {
    const reason = error instanceof SamlRejection ? ` (${error.actual ?? error.expected})` : '';
    throw new LineError(`${name} is no readable certificate${reason}.`);
  }
}

/** Each once: with every one of them, everything that is encrypted is tried. */
function privateKeys(pems: readonly string[] | undefined): KeyObject[] | undefined {
  if (pems !== undefined && pems.length > mostKeys)
    throw new LineError(`decryptionKeys has more than ${mostKeys} keys.`);
  const read = pems?.map((pem, index) =>
    remembered(keys, pem, () => privateKey(pem, `decryptionKeys[${index}]`)),
  );
  return read?.filter((key, index) => read.findIndex((other) => other.equals(key)) === index);
}

/** What is wrong with a key is not said in the words of OpenSSL, and nothing of the key is repeated. */
function privateKey(pem: string, name: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new LineError(`${name} is no readable private key in PEM without a passphrase.`);
  }
}

const certificates = new Map<string, X509Certificate[]>();
const keys = new Map<string, KeyObject>();

const [mostRemembered, longestRemembered] = [1_000, 16 * 1024];

/** Keys are parsed once, however many lines name them; how many are held, and how long their texts are, is bounded. */
function remembered<T>(cache: Map<string, T>, pem: string, read: () => T): T {
  const known = cache.get(pem);
  if (known !== undefined) return known;
  const value = read();
  if (pem.length > longestRemembered) return value;
  if (cache.size >= mostRemembered) cache.clear();
  cache.set(pem, value);
  return value;
}

function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
