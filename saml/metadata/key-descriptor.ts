import type { X509Certificate } from 'node:crypto';
import { certificateText, readKeyInfoCertificate } from '../certificates.ts';
import type { CompatibilitySwitch } from '../compatibility.ts';
import { oneOf, requireValue } from '../messages/simple-types.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, childElements, Content, textOf } from '../xml/content.ts';
import { isNamed, type XmlElement } from '../xml/tree.ts';

/** A key to encrypt to. */
export type EncryptionKey = {
  certificate: X509Certificate;
  /** The algorithms the role says it can decrypt, as URIs; empty where it says nothing. */
  methods: string[];
};

/** The keys of a role, each certificate once, in the order of the document. */
export type RoleKeys = { certificates: X509Certificate[]; encryptionKeys: EncryptionKey[] };

const { metadata, signature } = namespaces;

/** Each is parsed. */
const mostCertificates = 64;
/** Each is tried on every message of the role. */
const mostThatSign = 16;

/**
 * A key without `use` both signs and is encrypted to (saml-metadata 2.4.1.1). Keys that are given without a certificate are
 * passed over; a certificate that cannot be read, or whose key is costly to check signatures with, refuses the role.
 */
export function readKeyDescriptors(
  keyDescriptors: readonly XmlElement[],
  allow?: readonly CompatibilitySwitch[],
): RoleKeys {
  const read = certificateReader(allow);
  const certificates = new Set<X509Certificate>();
  const methodsOf = new Map<X509Certificate, Set<string>>();
  for (const descriptor of keyDescriptors) {
    const { use } = attributesOf(descriptor, { optional: ['use'] });
    const content = new Content(descriptor);
    const keyInfo = content.one({ namespace: signature, local: 'KeyInfo' });
    const methods = content.many({ namespace: metadata, local: 'EncryptionMethod' }).map(readMethod);
    content.end();
    const only = use === undefined ? undefined : oneOf(use, ['signing', 'encryption']);
    for (const certificate of readKeyInfo(keyInfo, read)) {
      if (only !== 'encryption') certificates.add(certificate);
      if (only === 'signing') continue;
      const known = methodsOf.get(certificate) ?? new Set();
      for (const method of methods) known.add(method);
      methodsOf.set(certificate, known);
    }
  }
  if (certificates.size > mostThatSign) {
    reject('metadata-too-many-keys', { expected: `at most ${mostThatSign} certificates that may sign` });
  }
  return {
    certificates: [...certificates],
    encryptionKeys: [...methodsOf].map(([certificate, methods]) => ({ certificate, methods: [...methods] })),
  };
}

/** Answers the same object for the same certificate, so that a key is parsed once and counted once. */
function certificateReader(allow?: readonly CompatibilitySwitch[]): (text: string) => X509Certificate {
  const byText = new Map<string, X509Certificate>();
  const byOctets = new Map<string, X509Certificate>();
  return (text) => {
    const seen = byText.get(text);
    if (seen !== undefined) return seen;
    if (byText.size >= mostCertificates) {
      reject('metadata-too-many-keys', { expected: `at most ${mostCertificates} certificates` });
    }
    const read = readKeyInfoCertificate(text, allow);
    const certificate = byOctets.get(certificateText(read)) ?? read;
    byText.set(text, certificate);
    byOctets.set(certificateText(certificate), certificate);
    return certificate;
  };
}

/** KeyInfo is open; of it only certificates directly inside X509Data are read. */
function readKeyInfo(keyInfo: XmlElement, read: (text: string) => X509Certificate): X509Certificate[] {
  return childElements(keyInfo)
    .filter((child) => isNamed(child, { namespace: signature, local: 'X509Data' }))
    .flatMap((data) => {
      const certificates = childElements(data)
        .filter((child) => isNamed(child, { namespace: signature, local: 'X509Certificate' }))
        .map((certificate) => read(textOf(certificate)));
      return withoutIssuers(certificates);
    });
}

/**
 * Several certificates in one X509Data are a chain to the one that holds the key (XML Signature 4.4.4): whoever issued
 * another of them does not sign for this role.
 */
function withoutIssuers(certificates: readonly X509Certificate[]): X509Certificate[] {
  if (certificates.length < 2) return [...certificates];
  const issuers = new Set<string>();
  for (const { subject, issuer } of certificates) if (subject !== issuer) issuers.add(issuer);
  return certificates.filter(({ subject }) => !issuers.has(subject));
}

/** What stands in an EncryptionMethod is open and never read. */
function readMethod(method: XmlElement): string {
  return attributesOf(method, { required: ['Algorithm'] }).Algorithm;
}

export function writeKeyDescriptors(
  certificates: readonly X509Certificate[],
  encryptionKeys: readonly EncryptionKey[],
): BuiltElement[] {
  return [
    ...certificates.map((certificate) => writeKeyDescriptor('signing', certificate)),
    ...encryptionKeys.map(({ certificate, methods }) =>
      writeKeyDescriptor('encryption', certificate, methods),
    ),
  ];
}

function writeKeyDescriptor(
  use: 'signing' | 'encryption',
  certificate: X509Certificate,
  methods: readonly string[] = [],
): BuiltElement {
  return element({ namespace: metadata, local: 'KeyDescriptor' }, { use }, [
    element({ namespace: signature, local: 'KeyInfo' }, {}, [
      element({ namespace: signature, local: 'X509Data' }, {}, [
        element({ namespace: signature, local: 'X509Certificate' }, {}, [certificateText(certificate)]),
      ]),
    ]),
    ...methods.map((method) =>
      element(
        { namespace: metadata, local: 'EncryptionMethod' },
        { Algorithm: requireValue(method, 'EncryptionMethod') },
      ),
    ),
  ]);
}
