import { createHmac, createPublicKey } from 'node:crypto';
import type { NamedForgery } from './protocol-forgeries.ts';
import { assertionText, responseText } from './response-text.ts';
import { signText, takeSignature, usual } from './sign-text.ts';

const sha1 = {
  signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  digest: 'http://www.w3.org/2000/09/xmldsig#sha1',
};
const victim = 'B.Simon@contoso.example';

/** Everything said is right; the signature is absent, somebody else's, too weak, in the wrong place, or covers something else. */
export const signatureForgeries: NamedForgery[] = [
  {
    name: 'an unsigned assertion',
    code: 'signature-missing',
    writes: (s) => responseText(s, assertionText(s)),
  },
  {
    name: 'an assertion signed with a key nobody registered',
    code: 'signature-invalid',
    writes: (s, forger) => signText(responseText(s, assertionText(s)), 'Assertion', forger.unknown),
  },
  {
    name: 'an assertion signed with an unknown key that shows the registered certificate',
    code: 'signature-invalid',
    writes: (s, forger) =>
      signText(responseText(s, assertionText(s)), 'Assertion', {
        privateKey: forger.unknown.privateKey,
        certificate: forger.registered.certificate,
      }),
  },
  {
    name: 'another NameID than the one that was signed',
    code: 'signature-digest',
    says: () => ({ nameId: 'somebody.else@contoso.example' }),
    spoils: (xml) => xml.replace('somebody.else@contoso.example</NameID>', `${victim}</NameID>`),
  },
  {
    name: 'a later expiry than the one that was signed',
    code: 'signature-digest',
    says: ({ issueInstant }) => ({
      notOnOrAfter: issueInstant - 10 * 60_000,
      notBefore: issueInstant - 20 * 60_000,
    }),
    spoils: (xml, s) =>
      xml.replaceAll(
        new Date(s.notOnOrAfter).toISOString(),
        new Date(s.issueInstant + 3_600_000).toISOString(),
      ),
  },
  {
    name: 'a changed signature value',
    code: 'signature-invalid',
    spoils: (xml) =>
      xml.replace(
        /<SignatureValue>(.)/,
        (_, first: string) => `<SignatureValue>${first === 'A' ? 'B' : 'A'}`,
      ),
  },
  {
    name: 'a signature by RSA with SHA-1',
    code: 'signature-algorithm',
    writes: (s, forger) =>
      signText(responseText(s, assertionText(s)), 'Assertion', forger.registered, {
        ...usual,
        signature: sha1.signature,
      }),
  },
  {
    name: 'a digest by SHA-1 under a good signature',
    code: 'signature-digest-algorithm',
    writes: (s, forger) =>
      signText(responseText(s, assertionText(s)), 'Assertion', forger.registered, {
        ...usual,
        digest: sha1.digest,
      }),
  },
  {
    name: 'an HMAC whose secret is the public key',
    code: 'signature-algorithm',
    spoils: (xml, _, forger) => {
      const hmac = 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256';
      const changed = xml.replace(usual.signature, hmac);
      const signedInfo = /<SignedInfo>[\s\S]*<\/SignedInfo>/.exec(changed)?.[0] ?? '';
      const secret = createPublicKey(forger.registered.certificate).export({ type: 'spki', format: 'pem' });
      const value = createHmac('sha256', secret).update(signedInfo).digest('base64');
      return changed.replace(/<SignatureValue>[^<]*</, `<SignatureValue>${value}<`);
    },
  },
  {
    name: "the assertion's signature put where the response's would stand",
    code: 'signature-reference',
    spoils: (xml) => {
      const { signature, without } = takeSignature(xml);
      return without.replace('<samlp:Status>', `${signature}<samlp:Status>`);
    },
  },
  {
    name: 'the signature as the last element of the assertion',
    code: 'signature-misplaced',
    spoils: (xml) => {
      const { signature, without } = takeSignature(xml);
      return without.replace('</Assertion>', `${signature}</Assertion>`);
    },
  },
  {
    name: 'two SignedInfo elements in one signature',
    code: 'signature-grammar',
    spoils: (xml) => xml.replace(/<SignedInfo>[\s\S]*?<\/SignedInfo>/, (found) => found + found),
  },
  {
    name: 'a comment inside the digest value',
    code: 'xml-comment',
    spoils: (xml) => xml.replace(/<DigestValue>(.{10})/, '<DigestValue>$1<!-- -->'),
  },
];
