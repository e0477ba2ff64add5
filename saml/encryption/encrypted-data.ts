import { decodeBase64 } from '../base64.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { attributesOf, childElements, Content, textOf } from '../xml/content.ts';
import { isNamed, nameText, type XmlElement, type XmlName } from '../xml/tree.ts';
import { type ContentCipher, contentCipher, type KeyTransportMethod } from './algorithms.ts';

const grammar = 'encryption-grammar';
const mostKeys = 8;
const elementType = `${namespaces.encryption}Element`;

/** An encrypted element taken apart: the content, and the keys that may open it in document order, at most eight. */
export type EncryptedElement = {
  readonly cipher: ContentCipher;
  readonly content: Uint8Array;
  readonly keys: readonly WrappedKey[];
};

/** A content key encrypted for somebody; that its algorithm is accepted is not said. */
export type WrappedKey = { readonly method: KeyTransportMethod; readonly wrapped: Uint8Array };

/**
 * Takes apart an EncryptedAssertion, EncryptedID or EncryptedAttribute (saml-core 2.2.4): one EncryptedData, then
 * EncryptedKeys, which may also lie in the KeyInfo of the data. Keys are found by position alone. What would point
 * elsewhere is refused (CipherReference) or passed over (RetrievalMethod, KeyName, CarriedKeyName): nothing is followed.
 */
export function readEncryptedElement(encrypted: XmlElement): EncryptedElement {
  attributesOf(encrypted, {}, grammar);
  const content = new Content(encrypted, grammar);
  const data = content.one(xenc('EncryptedData'));
  const beside = content.many(xenc('EncryptedKey'));
  content.end();
  const { Type } = attributesOf(data, { optional: ['Id', 'Type', 'MimeType', 'Encoding'] }, grammar);
  if (Type !== undefined && Type !== elementType) reject(grammar, { expected: elementType, actual: Type });

  const parts = new Content(data, grammar);
  const method = parts.optional(xenc('EncryptionMethod'));
  const inside = readKeyInfo(parts.optional(keyInfoName));
  const octets = readCipherData(parts.one(xenc('CipherData')));
  parts.optional(xenc('EncryptionProperties'));
  parts.end();

  const keys = [...inside, ...beside];
  if (keys.length === 0) reject('encryption-key-missing', { expected: 'EncryptedKey' });
  if (keys.length > mostKeys) {
    reject('encryption-too-many-keys', { expected: `at most ${mostKeys}`, actual: `${keys.length}` });
  }
  return { cipher: readContentMethod(method), content: octets, keys: keys.map(readEncryptedKey) };
}

/** The EncryptedKeys among its children. All else in it only says how one might find a key, and is not read. */
function readKeyInfo(keyInfo: XmlElement | undefined): XmlElement[] {
  if (keyInfo === undefined) return [];
  return childElements(keyInfo, grammar).filter((child) => isNamed(child, xenc('EncryptedKey')));
}

function readEncryptedKey(key: XmlElement): WrappedKey {
  attributesOf(key, { optional: ['Id', 'Type', 'MimeType', 'Encoding', 'Recipient'] }, grammar);
  const parts = new Content(key, grammar);
  const method = parts.one(xenc('EncryptionMethod'));
  parts.optional(keyInfoName);
  const wrapped = readCipherData(parts.one(xenc('CipherData')));
  parts.optional(xenc('EncryptionProperties'));
  parts.optional(xenc('ReferenceList'));
  parts.optional(xenc('CarriedKeyName'));
  parts.end();
  return { method: readKeyMethod(method), wrapped };
}

/** The octets themselves. A CipherReference would have them fetched from anywhere, through any transform. */
function readCipherData(data: XmlElement): Uint8Array {
  attributesOf(data, {}, grammar);
  const content = new Content(data, grammar);
  const reference = content.optional(xenc('CipherReference'));
  if (reference !== undefined) reject('encryption-reference', { actual: nameText(reference) });
  const value = content.one(xenc('CipherValue'));
  content.end();
  attributesOf(value, {}, grammar);
  return decodeBase64(textOf(value, grammar), { whitespace: 'allowed' });
}

/** The schema lets the method be absent, for parties that agreed on one; we agreed on none. */
function readContentMethod(method: XmlElement | undefined): ContentCipher {
  if (method === undefined) reject('encryption-algorithm', { expected: 'EncryptionMethod' });
  const { Algorithm } = attributesOf(method, { required: ['Algorithm'] }, grammar);
  const cipher = contentCipher(Algorithm);
  const content = new Content(method, grammar);
  const keySize = content.optional(xenc('KeySize'));
  content.end();
  if (keySize !== undefined) {
    attributesOf(keySize, {}, grammar);
    const expected = `${cipher.keyLength * 8}`;
    const actual = textOf(keySize, grammar);
    if (actual !== expected) reject(grammar, { expected, actual });
  }
  return cipher;
}

/** DigestMethod and MGF stand in the open place of the schema, so in either order; OAEPparams is in no accepted method. */
function readKeyMethod(method: XmlElement): KeyTransportMethod {
  const { Algorithm: uri } = attributesOf(method, { required: ['Algorithm'] }, grammar);
  const content = new Content(method, grammar);
  if (content.optional(xenc('OAEPparams')) !== undefined) {
    reject('encryption-key-transport', { actual: 'OAEPparams' });
  }
  const early = content.optional(maskName);
  const digest = content.optional(digestName);
  const mask = early ?? content.optional(maskName);
  content.end();
  return {
    uri,
    ...(digest === undefined ? {} : { digestUri: readAlgorithm(digest) }),
    ...(mask === undefined ? {} : { maskUri: readAlgorithm(mask) }),
  };
}

function readAlgorithm(element: XmlElement): string {
  const { Algorithm } = attributesOf(element, { required: ['Algorithm'] }, grammar);
  new Content(element, grammar).end();
  return Algorithm;
}

const keyInfoName: XmlName = { namespace: namespaces.signature, local: 'KeyInfo' };
const digestName: XmlName = { namespace: namespaces.signature, local: 'DigestMethod' };
const maskName: XmlName = { namespace: namespaces.encryption11, local: 'MGF' };

function xenc(local: string): XmlName {
  return { namespace: namespaces.encryption, local };
}
