import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import { encodeBase64 } from '../base64.ts';
import { namespaces, signatureAlgorithms } from '../names.ts';
import { element } from '../xml/build.ts';
import { writeXml } from '../xml/canonical.ts';
import { isNcName } from '../xml/characters.ts';
import { isNamed, type XmlElement } from '../xml/tree.ts';
import { digestFor, makeSignature, makeSignatureNow, type Signing } from './algorithms.ts';
import { envelopedUri, exclusiveUri } from './signed-info.ts';

const issuerName = { namespace: namespaces.assertion, local: 'Issuer' };

/**
 * Signs a built tree that carries an `ID` and returns it with the signature at its slot: behind a leading Issuer, else
 * first. The writer writes canonical form, so what is digested here is what will be written, inside whatever element.
 */
export async function signElement(tree: XmlElement, signing: Signing): Promise<XmlElement> {
  const id = tree.attributes.find(({ namespace, local }) => namespace === '' && local === 'ID')?.value;
  if (id === undefined || !isNcName(id)) throw new Error('What is signed needs an ID that is an NCName.');
  const digest = digestFor(signing.algorithm);
  const digestValue = hash(digest.hash, octetsOf(tree), 'buffer');

  const signedInfo = ds('SignedInfo', {}, [
    ds('CanonicalizationMethod', { Algorithm: exclusiveUri }),
    ds('SignatureMethod', { Algorithm: signatureAlgorithms[signing.algorithm] }),
    ds('Reference', { URI: `#${id}` }, [
      ds('Transforms', {}, [
        ds('Transform', { Algorithm: envelopedUri }),
        ds('Transform', { Algorithm: exclusiveUri }),
      ]),
      ds('DigestMethod', { Algorithm: digest.uri }),
      ds('DigestValue', {}, [encodeBase64(digestValue)]),
    ]),
  ]);
  const value = await makeSignature(octetsOf(signedInfo), signing);
  const signature = ds('Signature', {}, [
    signedInfo,
    ds('SignatureValue', {}, [encodeBase64(value)]),
    signing.certificate === undefined
      ? undefined
      : ds('KeyInfo', {}, [
          ds('X509Data', {}, [ds('X509Certificate', {}, [encodeBase64(signing.certificate.raw)])]),
        ]),
  ]);
  return insert(tree, signature);
}

/** Signs the octets of a query as they will be sent (saml-bindings 3.4.4.1). */
export function signRedirect(octets: Uint8Array, signing: Signing): Uint8Array {
  return makeSignatureNow(octets, signing);
}

function insert(tree: XmlElement, signature: XmlElement): XmlElement {
  const [first, ...rest] = tree.children;
  const issuerLeads =
    first !== undefined &&
    typeof first !== 'string' &&
    first.kind === 'element' &&
    isNamed(first, issuerName);
  return { ...tree, children: issuerLeads ? [first, signature, ...rest] : [signature, ...tree.children] };
}

function octetsOf(tree: XmlElement): Uint8Array {
  return Buffer.from(writeXml(tree), 'utf8');
}

function ds(
  local: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (XmlElement | string | undefined)[] = [],
): XmlElement {
  return element({ namespace: namespaces.signature, local }, attributes, children);
}
