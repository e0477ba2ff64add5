import { deflateRawSync } from 'node:zlib';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { limits } from '../limits.ts';
import { signatureAlgorithms } from '../names.ts';
import { reject } from '../rejection.ts';
import type { Signing } from '../signature/algorithms.ts';
import { signRedirect } from '../signature/sign.ts';
import { addressWithQuery } from './address-with-query.ts';
import { formEncoded } from './form-encoded.ts';
import { inflate } from './inflate.ts';
import { readRawQuery } from './raw-query.ts';
import type { ReceivedMessage, RedirectSignature } from './received-message.ts';
import { readRelayState } from './relay-state.ts';

/** A message to send by the Redirect binding; `endpoint` is the peer's address, `xml` the message as text. */
export type EncodeRedirectInput = {
  endpoint: string;
  parameter: 'SAMLRequest' | 'SAMLResponse';
  xml: string;
  relayState?: string;
  signing?: Signing;
};

const deflateEncoding = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE';

/** Browsers and proxies carry less; a longer query is somebody trying. */
const longestQuery = 32 * 1024;

const wanted = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'] as const;

type Query = ReturnType<typeof readRawQuery<(typeof wanted)[number]>>;

/**
 * Reads what came by the HTTP Redirect binding (saml-bindings 3.4).
 *
 * @param rawQuery the query as it stood in the address, without `?` and not decoded: a signature covers those octets
 * @throws SamlRejection
 * @example const message = decodeRedirect(request.url.slice(request.url.indexOf('?') + 1));
 */
export function decodeRedirect(rawQuery: string): ReceivedMessage {
  const query = readQuery(rawQuery);
  const parameter = messageParameter(query);
  const encoding = query.get('SAMLEncoding')?.value;
  if (encoding !== undefined && encoding !== deflateEncoding) {
    reject('saml-encoding-unsupported', { expected: deflateEncoding, actual: encoding });
  }
  const relayState = readRelayState(query.get('RelayState')?.value);
  const redirectSignature = signatureOf(query, parameter);
  return {
    binding: 'redirect',
    parameter,
    octets: messageOctets(query, parameter),
    ...(relayState === undefined ? {} : { relayState }),
    ...(redirectSignature === undefined ? {} : { redirectSignature }),
  };
}

/**
 * Reads the message and the relay state again from the octets a signature covers, so that nothing beside them is used.
 * To be handed to `verifyRedirectSignature`.
 */
export function decodeSignedQuery(signedOctets: Uint8Array): Pick<ReceivedMessage, 'octets' | 'relayState'> {
  const query = readQuery(Buffer.from(signedOctets).toString('utf8'));
  const relayState = readRelayState(query.get('RelayState')?.value);
  return {
    octets: messageOctets(query, messageParameter(query)),
    ...(relayState === undefined ? {} : { relayState }),
  };
}

function readQuery(rawQuery: string): Query {
  if (rawQuery.length > longestQuery) {
    reject('query-too-long', {
      expected: `at most ${longestQuery} characters`,
      actual: `${rawQuery.length}`,
    });
  }
  return readRawQuery(rawQuery, wanted);
}

function messageOctets(query: Query, parameter: 'SAMLRequest' | 'SAMLResponse'): Uint8Array {
  const compressed = decodeBase64(query.get(parameter)?.value ?? '', { whitespace: 'refused' });
  return inflate(compressed, limits.message.octets);
}

function messageParameter(query: Query): 'SAMLRequest' | 'SAMLResponse' {
  const request = query.has('SAMLRequest');
  const response = query.has('SAMLResponse');
  if (request && response) reject('message-parameter-ambiguous');
  if (!request && !response) reject('message-parameter-missing');
  return request ? 'SAMLRequest' : 'SAMLResponse';
}

/** The signed octets are put together in the order of the standard, from each parameter as received. */
function signatureOf(query: Query, parameter: 'SAMLRequest' | 'SAMLResponse'): RedirectSignature | undefined {
  const algorithm = query.get('SigAlg');
  const signature = query.get('Signature');
  if (algorithm === undefined && signature === undefined) return undefined;
  if (algorithm === undefined || signature === undefined) {
    reject('redirect-signature-incomplete', {
      expected: 'SigAlg and Signature',
      actual: algorithm === undefined ? 'Signature alone' : 'SigAlg alone',
    });
  }
  const signed = [query.get(parameter), query.get('RelayState'), algorithm]
    .filter((part) => part !== undefined)
    .map((part) => part.raw)
    .join('&');
  return {
    algorithm: algorithm.value,
    signature: decodeBase64(signature.value, { whitespace: 'refused' }),
    signedOctets: Buffer.from(signed, 'utf8'),
  };
}

/**
 * The address that carries `xml`; a query the endpoint already has is kept. With `signing` the query is signed
 * (saml-bindings 3.4.4.1).
 *
 * @throws SamlRejection `relay-state-too-long`, `value-malformed`; RangeError where the endpoint has a fragment, or parameters of the binding in its query
 * @example const url = encodeRedirect({ endpoint, parameter: 'SAMLRequest', xml, signing: { key, algorithm: 'rsa-sha256' } });
 */
export function encodeRedirect(input: EncodeRedirectInput): string {
  const parameters: [string, string][] = [
    [input.parameter, encodeBase64(deflateRawSync(Buffer.from(input.xml, 'utf8')))],
  ];
  const relayState = readRelayState(input.relayState);
  if (relayState !== undefined) parameters.push(['RelayState', relayState]);
  if (input.signing !== undefined) parameters.push(['SigAlg', signatureAlgorithms[input.signing.algorithm]]);
  let query = parameters.map(([name, value]) => `${name}=${formEncoded(value)}`).join('&');
  if (input.signing !== undefined) {
    const signature = signRedirect(Buffer.from(query, 'utf8'), input.signing);
    query += `&Signature=${formEncoded(encodeBase64(signature))}`;
  }
  return addressWithQuery(input.endpoint, query);
}
