import type { DescribedFact, DescribedPart } from '@countersign/saml/examine';
import { algorithmText, distance, periodOf, visible } from './show.ts';

/** What an administrator should notice about an unverified message, one sentence each. */
export function noticesOf(parts: readonly DescribedPart[], now: number, beside: readonly string[]): string[] {
  return [
    ...signatureNotices(parts, beside),
    ...parts.flatMap((part) => part.facts.flatMap((fact) => factNotices(part, fact, now))),
    ...statusNotices(parts),
  ];
}

function signatureNotices(parts: readonly DescribedPart[], beside: readonly string[]): string[] {
  const signable = parts.filter(({ signed }) => signed !== undefined);
  if (signable.length === 0 || signable.some(({ signed }) => signed === true)) return [];
  if (beside.includes('Signature')) return [];
  const isSignIn = parts.some(({ title }) => title === 'Response' || title === 'Assertion');
  return [
    isSignIn
      ? 'Nothing in it is signed: nobody can be signed in with it.'
      : 'It is not signed: anybody can have written it.',
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
      const { from, to } = periodOf(certificate);
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

function statusNotices(parts: readonly DescribedPart[]): string[] {
  return parts.flatMap(({ title, facts }) =>
    facts.flatMap((fact) =>
      fact.kind === 'text' && fact.name === 'Status' && !fact.text.endsWith(':Success')
        ? [`${title}: it reports a failure.`]
        : [],
    ),
  );
}
