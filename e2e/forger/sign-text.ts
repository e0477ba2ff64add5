import { SignedXml } from 'xml-crypto';
import type { Identity } from '../certificate.ts';

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

export type Algorithms = { signature: string; digest: string };

export const usual: Algorithms = {
  signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
};

/** Signs the outermost element of this local name and puts the Signature behind its Issuer, as SAML wants it. */
export function signText(
  xml: string,
  local: 'Assertion' | 'Response',
  identity: Identity,
  algorithms: Algorithms = usual,
): string {
  const signer = new SignedXml({
    privateKey: identity.privateKey,
    publicCert: identity.certificate,
    signatureAlgorithm: algorithms.signature,
    canonicalizationAlgorithm: exclusive,
  });
  const element = `(//*[local-name(.)='${local}'])[1]`;
  signer.addReference({
    xpath: element,
    transforms: [enveloped, exclusive],
    digestAlgorithm: algorithms.digest,
  });
  signer.computeSignature(xml, {
    location: { reference: `${element}/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signer.getSignedXml();
}

/** The first Signature of a text, and the text without it. */
export function takeSignature(xml: string): { signature: string; without: string } {
  const found = /<Signature\b[\s\S]*?<\/Signature>/.exec(xml);
  if (found === null) throw new Error('the text has no Signature');
  return { signature: found[0], without: xml.replace(found[0], '') };
}

/** The first Assertion of a text, and the text without it. */
export function takeAssertion(xml: string): { assertion: string; without: string } {
  const found = /<Assertion\b[\s\S]*?<\/Assertion>/.exec(xml);
  if (found === null) throw new Error('the text has no Assertion');
  return { assertion: found[0], without: xml.replace(found[0], '') };
}
