import type { Statement } from './response-text.ts';
import type { NamedForgery } from './protocol-forgeries.ts';
import { assertionText, responseText } from './response-text.ts';
import { signText, takeAssertion, takeSignature } from './sign-text.ts';

const victim = 'B.Simon@contoso.example';
const attacker = 'somebody.else@contoso.example';

/** The assertion the attacker wants read: same shape, other ID, the victim's name, unsigned. */
const evil = (s: Statement, id = '_ee11ee11ee11ee11ee11ee11ee11ee11ee11ee11') =>
  assertionText({ ...s, assertionId: id, nameId: victim });

/** Everything genuinely signed names the attacker; what names the victim was never signed. */
const says = () => ({ nameId: attacker });
const signedResponse: NamedForgery['writes'] = (s, forger) =>
  signText(responseText(s, assertionText(s)), 'Response', forger.registered);

/** Puts `inside` as the last thing into the first Signature. */
const intoSignature = (xml: string, inside: string) =>
  xml.replace(
    '</Signature>',
    `<Object xmlns="http://www.w3.org/2000/09/xmldsig#">${inside}</Object></Signature>`,
  );

/**
 * Signature wrapping in the eight shapes of Somorovsky et al. (USENIX Security 2012), and later relatives: the genuinely signed
 * element is moved or joined by another, so that a careless reader verifies the one and reads the other.
 */
export const wrappingForgeries: NamedForgery[] = [
  {
    name: 'XSW1: the signed response inside the signature of an unsigned one',
    code: 'signature-grammar',
    says,
    writes: signedResponse,
    spoils: (xml, s) => {
      const { signature, without } = takeSignature(xml);
      const wrapper = responseText(
        { ...s, responseId: '_ff22ff22ff22ff22ff22ff22ff22ff22ff22ff22' },
        evil(s),
      );
      return wrapper.replace('<samlp:Status>', `${intoSignature(signature, without)}<samlp:Status>`);
    },
  },
  {
    name: 'XSW2: the signed response beside its detached signature',
    code: 'signature-reference',
    says,
    writes: signedResponse,
    spoils: (xml, s) => {
      const { signature, without } = takeSignature(xml);
      const wrapper = responseText(
        { ...s, responseId: '_ff22ff22ff22ff22ff22ff22ff22ff22ff22ff22' },
        evil(s),
      );
      return wrapper.replace('<samlp:Status>', `${signature}${without}<samlp:Status>`);
    },
  },
  {
    name: 'XSW3: an unsigned assertion before the signed one',
    code: 'assertion-not-single',
    says,
    spoils: (xml, s) => xml.replace('<Assertion ', `${evil(s)}<Assertion `),
  },
  {
    name: 'an unsigned assertion after the signed one',
    code: 'assertion-not-single',
    says,
    spoils: (xml, s) => xml.replace('</Assertion>', `</Assertion>${evil(s)}`),
  },
  {
    name: 'XSW4: the signed assertion inside an unsigned one',
    code: 'signature-missing',
    says,
    spoils: (xml, s) => {
      const { assertion, without } = takeAssertion(xml);
      return without.replace(
        '</samlp:Response>',
        `${evil(s).replace('</Assertion>', `${assertion}</Assertion>`)}</samlp:Response>`,
      );
    },
  },
  {
    name: 'XSW5: the signature in the changed assertion, the signed one at the end',
    code: 'signature-reference',
    says,
    spoils: (xml, s) => {
      const { assertion, without } = takeAssertion(xml);
      const { signature, without: bare } = takeSignature(assertion);
      const changed = evil(s).replace('</Issuer>', `</Issuer>${signature}`);
      return without.replace('</samlp:Response>', `${changed}${bare}</samlp:Response>`);
    },
  },
  {
    name: 'XSW6: the signed assertion inside the signature of the changed one',
    code: 'signature-grammar',
    says,
    spoils: (xml, s) => {
      const { assertion, without } = takeAssertion(xml);
      const { signature, without: bare } = takeSignature(assertion);
      const changed = evil(s).replace(
        '</Issuer>',
        `</Issuer>${signature.replace('</Signature>', `${bare}</Signature>`)}`,
      );
      return without.replace('</samlp:Response>', `${changed}</samlp:Response>`);
    },
  },
  {
    name: 'XSW7: the changed assertion in Extensions',
    code: 'person-not-created',
    says,
    spoils: (xml, s) =>
      xml.replace('<samlp:Status>', `<samlp:Extensions>${evil(s)}</samlp:Extensions><samlp:Status>`),
  },
  {
    name: 'XSW8: the signed assertion in an Object of the signature, without a Reference to it',
    code: 'signature-grammar',
    says,
    spoils: (xml, s) => {
      const { assertion, without } = takeAssertion(xml);
      const { signature, without: bare } = takeSignature(assertion);
      const changed = evil(s).replace('</Issuer>', `</Issuer>${intoSignature(signature, bare)}`);
      return without.replace('</samlp:Response>', `${changed}</samlp:Response>`);
    },
  },
  {
    name: 'a changed assertion under the ID of the signed one',
    code: 'xml-id-duplicate',
    says,
    spoils: (xml, s) => xml.replace('<Assertion ', `${evil(s, s.assertionId)}<Assertion `),
  },
  {
    name: 'a comment in the NameID',
    code: 'xml-comment',
    says: () => ({ nameId: `${victim}.attacker.example` }),
    spoils: (xml) =>
      xml.replaceAll(`${victim}.attacker.example</NameID>`, `${victim}<!---->.attacker.example</NameID>`),
  },
  {
    name: 'a processing instruction in the NameID',
    code: 'xml-processing-instruction',
    says: () => ({ nameId: `${victim}.attacker.example` }),
    spoils: (xml) =>
      xml.replaceAll(`${victim}.attacker.example</NameID>`, `${victim}<?x?>.attacker.example</NameID>`),
  },
  {
    name: 'a document type declaration',
    code: 'xml-doctype',
    spoils: (xml) => `<!DOCTYPE r [<!ENTITY e "x">]>${xml}`,
  },
  {
    name: 'something behind the end of the document',
    code: 'xml-malformed',
    says,
    spoils: (xml, s) => xml + responseText(s, evil(s)),
  },
  {
    name: 'a relative namespace, which canonicalizes to nothing in some libraries',
    code: 'xml-namespace-relative',
    says,
    spoils: (xml) => xml.replace('<Assertion ', '<Assertion xmlns:ns="1" '),
  },
];
