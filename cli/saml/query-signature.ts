import { algorithmText } from './show.ts';
import type { Unpacked } from './unpack.ts';

/**
 * What the query of a redirect says of the signature beside its message (saml-bindings 3.4.4.1): signed with an algorithm,
 * or not; `broken` where SigAlg and Signature are not there once each, though one of them is.
 */
export type QuerySignature = { kind: 'signed'; algorithm: string } | { kind: 'absent' | 'broken' };

/** Undefined for what did not come in the query of a redirect: nothing else is compressed and among parameters. */
export function querySignatureOf({ steps, beside }: Unpacked): QuerySignature | undefined {
  const isRedirect = steps.some((step) => step.startsWith('parameter ')) && steps.includes('DEFLATE');
  if (!isRedirect) return undefined;
  const valuesOf = (wanted: string) => beside.filter(({ name }) => name === wanted);
  const [algorithms, signatures] = [valuesOf('SigAlg'), valuesOf('Signature')];
  if (algorithms.length === 0 && signatures.length === 0) return { kind: 'absent' };
  const [algorithm] = algorithms;
  if (algorithm === undefined || algorithms.length > 1 || signatures.length !== 1) return { kind: 'broken' };
  return { kind: 'signed', algorithm: algorithm.value };
}

/** What stands behind the name of the message that the query carries. */
export function querySignatureText(signature: QuerySignature): string {
  return signature.kind === 'signed'
    ? `signed in the query with ${algorithmText(signature.algorithm)}`
    : 'not signed in the query';
}
