import type { X509Certificate } from 'node:crypto';
import { certificateText, readCertificates } from '../certificates.ts';
import { oneOf } from '../messages/simple-types.ts';
import { namespaces } from '../names.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, childElements, Content, textOf } from '../xml/content.ts';
import { isNamed, type XmlElement } from '../xml/tree.ts';

const { metadata, signature } = namespaces;

/** The certificates of the keys that may sign: `use` says so or says nothing (saml-metadata 2.4.1.1). */
export function readSigningCertificates(keyDescriptors: readonly XmlElement[]): X509Certificate[] {
  return keyDescriptors.flatMap((descriptor) => {
    const { use } = attributesOf(descriptor, { optional: ['use'] });
    const content = new Content(descriptor);
    const keyInfo = content.one({ namespace: signature, local: 'KeyInfo' });
    content.many({ namespace: metadata, local: 'EncryptionMethod' });
    content.end();
    const signs = use === undefined || oneOf(use, ['signing', 'encryption']) === 'signing';
    return signs ? readKeyInfo(keyInfo) : [];
  });
}

/** KeyInfo is open; of it only certificates directly inside X509Data are read, each standing for its own key. */
function readKeyInfo(keyInfo: XmlElement): X509Certificate[] {
  return childElements(keyInfo)
    .filter((child) => isNamed(child, { namespace: signature, local: 'X509Data' }))
    .flatMap((data) => childElements(data))
    .filter((child) => isNamed(child, { namespace: signature, local: 'X509Certificate' }))
    .flatMap((certificate) => readCertificates(textOf(certificate)));
}

export function writeSigningKeys(certificates: readonly X509Certificate[]): BuiltElement[] {
  return certificates.map((certificate) =>
    element({ namespace: metadata, local: 'KeyDescriptor' }, { use: 'signing' }, [
      element({ namespace: signature, local: 'KeyInfo' }, {}, [
        element({ namespace: signature, local: 'X509Data' }, {}, [
          element({ namespace: signature, local: 'X509Certificate' }, {}, [certificateText(certificate)]),
        ]),
      ]),
    ]),
  );
}
