import { Buffer } from 'node:buffer';
import { hash, type KeyObject, type X509Certificate } from 'node:crypto';
import { encodeBase64 } from '../base64.ts';
import { certificateText } from '../certificates.ts';
import { namespaces, type SignatureAlgorithmName, signatureAlgorithms } from '../names.ts';
import { type BuiltChild, type BuiltElement, element } from '../xml/build.ts';
import { isNcName } from '../xml/characters.ts';
import { writeAround, type WrittenElement, writeXml } from '../xml/write.ts';
import { type DigestHash, digestFor, makeSignature, makeSignatureNow, type Signing } from './algorithms.ts';
import { envelopedUri, exclusiveUri } from './signed-info.ts';

const issuerName = { namespace: namespaces.assertion, local: 'Issuer' };

/**
 * Signs an element that carries an `ID` and puts the signature at its slot: behind a leading Issuer, else first. The
 * element is written once: the text that is digested is the text that is sent, inside whatever other element.
 */
export async function signElement(tree: BuiltElement, signing: Signing): Promise<WrittenElement> {
  if (tree.id === undefined || !isNcName(tree.id))
    throw new Error('What is signed needs an ID that is an NCName.');
  const { text, insert } = writeAround(tree, issuerName);
  const { hash: digestHash, signatureMethod, digestMethod } = methods[signing.algorithm];
  const digestValue = hash(digestHash, text, 'base64');

  const signedInfo = ds('SignedInfo', {}, [
    canonicalization,
    signatureMethod,
    ds('Reference', { URI: `#${tree.id}` }, [transforms, digestMethod, ds('DigestValue', {}, [digestValue])]),
  ]);
  const value = await makeSignature(Buffer.from(writeXml(signedInfo)), signing);
  const signature = ds('Signature', {}, [
    signedInfo,
    ds('SignatureValue', {}, [encodeBase64(value)]),
    signing.certificate === undefined ? undefined : writeKeyInfo(signing.certificate, signing.key),
  ]);
  return insert(signature);
}

/** Signs the octets of a query as they will be sent (saml-bindings 3.4.4.1). */
export function signRedirect(octets: Uint8Array, signing: Signing): Uint8Array {
  return makeSignatureNow(octets, signing);
}

type Methods = { hash: DigestHash; signatureMethod: BuiltElement; digestMethod: BuiltElement };

/** What is the same for every message. */
const methods = Object.fromEntries(
  Object.entries(signatureAlgorithms).map(([name, uri]) => {
    const { uri: digestUri, hash: digestHash } = digestFor(name as SignatureAlgorithmName);
    const signatureMethod = ds('SignatureMethod', { Algorithm: uri });
    return [
      name,
      { hash: digestHash, signatureMethod, digestMethod: ds('DigestMethod', { Algorithm: digestUri }) },
    ];
  }),
) as Record<SignatureAlgorithmName, Methods>;
const canonicalization = ds('CanonicalizationMethod', { Algorithm: exclusiveUri });
const transforms = ds('Transforms', {}, [
  ds('Transform', { Algorithm: envelopedUri }),
  ds('Transform', { Algorithm: exclusiveUri }),
]);

const keyInfos = new WeakMap<X509Certificate, { key: KeyObject; keyInfo: BuiltElement }>();

/**
 * The certificate, for products that want to see it. It is the same for every message: made once. A certificate of another
 * key, left behind when keys were changed, would send every peer that looks at it away: a TypeError.
 */
function writeKeyInfo(certificate: X509Certificate, key: KeyObject): BuiltElement {
  const known = keyInfos.get(certificate);
  if (known?.key === key) return known.keyInfo;
  if (!certificate.checkPrivateKey(key))
    throw new TypeError('signing.certificate is not that of signing.key.');
  const keyInfo = ds('KeyInfo', {}, [
    ds('X509Data', {}, [ds('X509Certificate', {}, [certificateText(certificate)])]),
  ]);
  keyInfos.set(certificate, { key, keyInfo });
  return keyInfo;
}

function ds(
  local: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly BuiltChild[] = [],
): BuiltElement {
  return element({ namespace: namespaces.signature, local }, attributes, children);
}
