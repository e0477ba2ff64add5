import { certificatePeriod, rules, statusCodes } from '@countersign/saml';
import type { DescribedFact, DescribedPart } from '@countersign/saml/examine';
import { type QuerySignature, querySignatureOf } from './query-signature.ts';
import { algorithmText, distance, visible } from './show.ts';
import type { Unpacked } from './unpack.ts';

/** What an administrator should notice about an unverified message, one sentence each. */
export function noticesOf(parts: readonly DescribedPart[], now: number, unpacked: Unpacked): string[] {
  const querySignature = querySignatureOf(unpacked);
  return [
    ...(querySignature === undefined
      ? signatureNotices(parts, unpacked)
      : redirectNotices(parts, querySignature)),
    ...parts.flatMap((part) => part.facts.flatMap((fact) => factNotices(part, fact, now))),
    ...parts.flatMap(statusNotices),
  ];
}

const unsigned = 'It is not signed: anybody can have written it.';

function signatureNotices(parts: readonly DescribedPart[], { steps }: Unpacked): string[] {
  const signable = parts.filter(({ signed }) => signed !== undefined);
  if (signable.length === 0 || signable.some(({ signed }) => signed === true)) return [];
  if (parts.some(({ title }) => title.startsWith('EncryptedAssertion')))
    return [
      'Nothing that can be read here is signed. A signature may lie inside the ciphertext; without one nobody can be signed in with it.',
    ];
  if (parts.some(({ title }) => title === 'Response' || title === 'Assertion'))
    return ['Nothing in it is signed: nobody can be signed in with it.'];
  return steps.includes('DEFLATE')
    ? ['Compressed, as in a redirect: if it is signed, then in the query, which is not here.']
    : [unsigned];
}

/** In a redirect a signature counts in the query, and nowhere else; and no response comes by one. */
function redirectNotices([outermost]: readonly DescribedPart[], signature: QuerySignature): string[] {
  return [
    ...(outermost?.title === 'Response'
      ? [`The engine refuses it: ${rules['response-binding'].says} (response-binding)`]
      : []),
    ...(signature.kind === 'absent' ? [unsigned] : []),
    ...(signature.kind === 'broken'
      ? ['SigAlg and Signature are not there once each: the engine refuses it.']
      : []),
    ...(signature.kind === 'signed' ? algorithmNotices({ name: 'SigAlg', text: signature.algorithm }) : []),
    ...(outermost?.signed === true
      ? ['The signature inside the message counts for nothing: in a redirect it stands in the query.']
      : []),
  ];
}

function factNotices({ title }: DescribedPart, fact: DescribedFact, now: number): string[] {
  switch (fact.kind) {
    case 'instant': {
      const { name, instant, bound, text } = fact;
      const what = `${title}, ${name.replace('… ', '')}`;
      if (instant === undefined) return [`${what}: ${visible(text)} is no UTC time as SAML writes it.`];
      if (bound === 'end' && instant <= now) return [`${what}: it expired ${distance(instant - now)}.`];
      if (bound === 'begin' && instant > now)
        return [`${what}: it holds only ${distance(instant - now)}. Is a clock wrong?`];
      if (name === 'Issued' && instant > now + 1000)
        return [`${what}: it was issued ${distance(instant - now)}, in the future. Is a clock wrong?`];
      return [];
    }
    case 'algorithm':
      return algorithmNotices(fact);
    case 'certificate': {
      const { certificate, name } = fact;
      const { from, to } = certificatePeriod(certificate);
      if (Number.isNaN(from) || Number.isNaN(to))
        return [`${title}, ${name}: from when until when it is valid cannot be read.`];
      if (to <= now)
        return [`${title}, ${name}: it expired ${distance(to - now)}. Who pinned it may go on using it.`];
      return from > now ? [`${title}, ${name}: it is valid only ${distance(from - now)}.`] : [];
    }
    case 'text':
      return [];
  }
}

/** What the engine refuses unless a switch of the peer allows it, and what it refuses always. */
function algorithmNotices({ name, text }: { name: string; text: string }): string[] {
  const algorithm = algorithmText(text);
  // The default of RSA-OAEP, where SHA-1 does no harm.
  if (name.startsWith('…') || algorithm.startsWith('RSA-OAEP')) return [];
  if (/HMAC|^DSA|Triple DES|PKCS#1 1\.5|ECDSA with SHA-1/.test(algorithm))
    return [`${name} ${algorithm}: the engine knows no such algorithm, and refuses it.`];
  if (/SHA-1$|CBC|PSS/.test(algorithm))
    return [`${name} ${algorithm}: refused unless a compatibility switch of the peer allows it.`];
  return algorithm === visible(text) ? [`${name} ${algorithm}: an algorithm nobody here knows.`] : [];
}

/** PartialLogout is the code nested in the outermost, whichever that is (saml-core 3.7.3.2). */
function statusNotices({ title, facts }: DescribedPart): string[] {
  const textOf = (wanted: string) =>
    facts.flatMap((fact) => (fact.kind === 'text' && fact.name === wanted ? [fact.text] : [])).at(0);
  const [outermost, nested] = [textOf('Status'), textOf('… more exactly')];
  if (title === 'LogoutResponse' && nested === statusCodes.partialLogout)
    return [`${title}: the logout is partial: not everybody who was to be told of it was.`];
  return outermost === undefined || outermost === statusCodes.success
    ? []
    : [`${title}: it reports a failure.`];
}
