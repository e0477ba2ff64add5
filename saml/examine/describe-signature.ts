import { X509Certificate } from 'node:crypto';
import { namespaces } from '../names.ts';
import type { XmlElement } from '../xml/tree.ts';
import {
  algorithmFact,
  attributeOf,
  childOf,
  childrenOf,
  type DescribedFact,
  elementsOf,
  plainText,
  textFact,
} from './description.ts';

const ds = (local: string) => ({ namespace: namespaces.signature, local });
const xenc = (local: string) => ({ namespace: namespaces.encryption, local });

/** Whether a signature stands directly inside. */
export function isSigned(owner: XmlElement): boolean {
  return childOf(owner, ds('Signature')) !== undefined;
}

/** What the signatures directly inside an element claim: what they cover, how, and with which certificate. */
export function describeSignatures(owner: XmlElement): DescribedFact[] {
  return childrenOf(owner, ds('Signature')).flatMap((signature) => {
    const info = childOf(signature, ds('SignedInfo'));
    const references = childrenOf(info, ds('Reference'));
    return [
      ...textFact('Signature over', references.map((each) => attributeOf(each, 'URI') ?? '').join(', ')),
      ...algorithmFact('Signed with', attributeOf(childOf(info, ds('SignatureMethod')), 'Algorithm')),
      ...references.flatMap((reference) =>
        algorithmFact('Digested with', attributeOf(childOf(reference, ds('DigestMethod')), 'Algorithm')),
      ),
      ...describeCertificates(childOf(signature, ds('KeyInfo')), 'Certificate in the message'),
    ];
  });
}

/** The certificates of a KeyInfo. A message vouches for none of them. */
export function describeCertificates(keyInfo: XmlElement | undefined, name: string): DescribedFact[] {
  return childrenOf(keyInfo, ds('X509Data'))
    .flatMap((data) => childrenOf(data, ds('X509Certificate')))
    .map((element) => {
      const certificate = certificateOf(plainText(element) ?? '');
      return certificate === undefined
        ? { kind: 'text', name, text: 'not readable' }
        : { kind: 'certificate', name, certificate };
    });
}

/** As leniently as OpenSSL: what is shown here is not used for anything. PEM inside base64 occurs (OneLogin). */
function certificateOf(text: string): X509Certificate | undefined {
  const octets = Buffer.from(text, 'base64');
  for (const candidate of [octets, text]) {
    try {
      return new X509Certificate(candidate);
    } catch {
      // The next one.
    }
  }
  return undefined;
}

/** How an EncryptedAssertion or EncryptedID is encrypted. */
export function describeEncryption(encrypted: XmlElement): DescribedFact[] {
  const data = childOf(encrypted, xenc('EncryptedData'));
  const inside = childrenOf(childOf(data, ds('KeyInfo')), xenc('EncryptedKey'));
  const keys = [...inside, ...childrenOf(encrypted, xenc('EncryptedKey'))];
  return [
    ...algorithmFact('Encrypted with', attributeOf(childOf(data, xenc('EncryptionMethod')), 'Algorithm')),
    ...keys.flatMap((key) => {
      const method = childOf(key, xenc('EncryptionMethod'));
      return [
        ...textFact('Key for', attributeOf(key, 'Recipient')),
        ...algorithmFact('Key encrypted with', attributeOf(method, 'Algorithm')),
        ...elementsOf(method).flatMap((parameter) =>
          algorithmFact(`… its ${parameter.local}`, attributeOf(parameter, 'Algorithm')),
        ),
        ...describeCertificates(childOf(key, ds('KeyInfo')), 'Key for the certificate'),
      ];
    }),
  ];
}
