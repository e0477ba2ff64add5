import { decodeBase64 } from '../base64.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { isNcName } from '../xml/characters.ts';
import type { CanonicalMethod } from '../xml/canonical.ts';
import { attributesOf, Content, textOf } from '../xml/content.ts';
import type { XmlElement, XmlName } from '../xml/tree.ts';
import { type DigestHash, digestHash } from './algorithms.ts';

/** The identifiers of the canonicalizations we accept; those with comments are not among them. */
export const canonicalMethods: ReadonlyMap<string, CanonicalMethod> = new Map([
  ['http://www.w3.org/2001/10/xml-exc-c14n#', 'exclusive'],
  ['http://www.w3.org/TR/2001/REC-xml-c14n-20010315', 'inclusive-1.0'],
  ['http://www.w3.org/2006/12/xml-c14n11', 'inclusive-1.1'],
]);
export const exclusiveUri = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const envelopedUri = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

const mostPrefixes = 32;
const grammar = 'signature-grammar';

export type MethodAndPrefixes = { readonly method: CanonicalMethod; readonly prefixes?: readonly string[] };

/** The three parts of a signature that are read; what KeyInfo says is never looked at (saml-core 5.4.5). */
export type SignatureParts = { readonly signedInfo: XmlElement; readonly signatureValue: Uint8Array };

/** What a SignedInfo says: how it was canonicalized and signed, and what it vouches for. */
export type SignedInfo = {
  readonly canonicalization: MethodAndPrefixes;
  readonly signatureUri: string;
  readonly referenceUri: string;
  readonly transform: MethodAndPrefixes;
  readonly digestHash: DigestHash;
  readonly digest: Uint8Array;
};

/** Takes a signature apart by position: SignedInfo, SignatureValue, at most one KeyInfo, nothing else (dsig 4). */
export function readSignature(signature: XmlElement): SignatureParts {
  attributesOf(signature, { optional: ['Id'] }, grammar);
  const content = new Content(signature, grammar);
  const signedInfo = content.one(ds('SignedInfo'));
  const value = content.one(ds('SignatureValue'));
  content.optional(ds('KeyInfo'));
  content.end();
  attributesOf(value, { optional: ['Id'] }, grammar);
  return { signedInfo, signatureValue: decodeBase64(textOf(value, grammar), { whitespace: 'allowed' }) };
}

/** Reads a SignedInfo of the one shape SAML allows (saml-core 5.4) and refuses every other before any work is done. */
export function readSignedInfo(signedInfo: XmlElement, allow?: readonly CompatibilitySwitch[]): SignedInfo {
  // Inclusive canonicalization hands it the xml: attributes of the elements around it.
  attributesOf(signedInfo, { optional: ['Id', 'xml:lang', 'xml:space'] }, grammar);
  const content = new Content(signedInfo, grammar);
  const canonicalization = readMethod(
    content.one(ds('CanonicalizationMethod')),
    'signature-canonicalization',
  );
  const signatureUri = readAlgorithm(content.one(ds('SignatureMethod')));
  const reference = content.one(ds('Reference'));
  if (content.peek() !== undefined) reject('signature-reference', { actual: 'more than one reference' });

  const { URI: referenceUri } = attributesOf(
    reference,
    { required: ['URI'], optional: ['Id'] },
    'signature-reference',
  );
  const parts = new Content(reference, grammar);
  const transforms = parts.optional(ds('Transforms'));
  const transform = readTransforms(transforms);
  const hash = digestHash(readAlgorithm(parts.one(ds('DigestMethod'))), allow);
  const digestValue = parts.one(ds('DigestValue'));
  parts.end();
  attributesOf(digestValue, {}, grammar);
  const digest = decodeBase64(textOf(digestValue, grammar), { whitespace: 'allowed' });
  return { canonicalization, signatureUri, referenceUri, transform, digestHash: hash, digest };
}

function readTransforms(transforms: XmlElement | undefined): MethodAndPrefixes {
  if (transforms === undefined) reject('signature-transforms', { actual: 'none' });
  attributesOf(transforms, {}, grammar);
  const content = new Content(transforms, 'signature-transforms');
  const enveloped = content.one(ds('Transform'));
  const canonicalization = content.one(ds('Transform'));
  content.end();
  const { Algorithm } = attributesOf(enveloped, { required: ['Algorithm'] }, 'signature-transforms');
  if (Algorithm !== envelopedUri)
    reject('signature-transforms', { expected: envelopedUri, actual: Algorithm });
  new Content(enveloped, 'signature-transforms').end();
  return readMethod(canonicalization, 'signature-transforms');
}

/** A canonicalization with its PrefixList (Exclusive XML Canonicalization 4). */
function readMethod(
  element: XmlElement,
  code: 'signature-canonicalization' | 'signature-transforms',
): MethodAndPrefixes {
  const { Algorithm } = attributesOf(element, { required: ['Algorithm'] }, code);
  const method = canonicalMethods.get(Algorithm);
  if (method === undefined) reject(code, { actual: Algorithm });
  const content = new Content(element, code);
  const list = content.optional({ namespace: exclusiveUri, local: 'InclusiveNamespaces' });
  content.end();
  if (list === undefined) return { method };
  if (method !== 'exclusive') reject(code, { actual: 'a PrefixList of inclusive canonicalization' });
  new Content(list, code).end();
  const { PrefixList } = attributesOf(list, { required: ['PrefixList'] }, code);
  const prefixes = PrefixList.split(' ').filter((prefix) => prefix !== '');
  if (prefixes.length > mostPrefixes) reject(code, { actual: `${prefixes.length} prefixes` });
  return {
    method,
    prefixes: prefixes.map((prefix) => {
      if (prefix === '#default') return '';
      if (!isNcName(prefix)) reject(code, { actual: prefix });
      return prefix;
    }),
  };
}

/** An algorithm without parameters: an HMACOutputLength, say, has no place. */
function readAlgorithm(element: XmlElement): string {
  const { Algorithm } = attributesOf(element, { required: ['Algorithm'] }, grammar);
  new Content(element, grammar).end();
  return Algorithm;
}

function ds(local: string): XmlName {
  return { namespace: namespaces.signature, local };
}
