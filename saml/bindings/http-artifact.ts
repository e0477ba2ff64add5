import { hash } from 'node:crypto';
import { decodeBase64, encodeBase64 } from '../base64.ts';
import { reject } from '../rejection.ts';
import { addressWithQuery } from './address-with-query.ts';
import { formEncoded } from './form-encoded.ts';
import { requireSingleFields } from './form-fields.ts';
import { readRawQuery } from './raw-query.ts';
import { readRelayState } from './relay-state.ts';

/** An artifact of type 4 as it came (saml-bindings 3.6.4): who made it, and under which handle. Trusted for nothing. */
export type ReceivedArtifact = {
  /** The artifact itself, which resolves it. */
  artifact: string;
  /** The SHA-1 of its maker's entity ID in hexadecimal, as `artifactSourceId` makes it. */
  sourceId: string;
  /** Which of its maker's artifact resolution services has the message. */
  endpointIndex: number;
  /** Twenty octets in hexadecimal. */
  messageHandle: string;
  relayState?: string;
};

/** An artifact to be made. The message is found under `messageHandle`, twenty random octets, and given out once. */
export type WriteArtifactInput = { entityId: string; endpointIndex: number; messageHandle: Uint8Array };

const typeCode = 4;
const partOctets = 20;
const artifactOctets = 4 + 2 * partOctets;
/** Base64 takes four characters for three octets. */
const artifactCharacters = 4 * Math.ceil(artifactOctets / 3);
const longestQuery = 32 * 1024;

/**
 * What stands for an entity in its artifacts: the SHA-1 of its entity ID, in hexadecimal (saml-bindings 3.6.4.1).
 *
 * @example if (artifactSourceId(identityProvider.entityId) === received.sourceId) …
 */
export function artifactSourceId(entityId: string): string {
  return hash('sha1', entityId, 'hex');
}

/**
 * Makes an artifact (saml-bindings 3.6.4).
 *
 * @throws RangeError where the handle has not twenty octets or the index does not fit into two
 * @example const artifact = writeArtifact({ entityId, endpointIndex: 0, messageHandle: randomBytes(20) });
 */
export function writeArtifact({ entityId, endpointIndex, messageHandle }: WriteArtifactInput): string {
  if (messageHandle.length !== partOctets) throw new RangeError('A message handle has twenty octets.');
  const head = Buffer.alloc(4);
  head.writeUInt16BE(typeCode, 0);
  head.writeUInt16BE(endpointIndex, 2);
  return encodeBase64(Buffer.concat([head, Buffer.from(artifactSourceId(entityId), 'hex'), messageHandle]));
}

/**
 * Reads an artifact; one that is not of type 4 is refused, as no other type is known (saml-bindings 3.6.4).
 *
 * @throws SamlRejection `artifact-malformed`, `base64-malformed`
 */
export function readArtifact(artifact: string): ReceivedArtifact {
  if (artifact.length !== artifactCharacters) {
    reject('artifact-malformed', {
      expected: `${artifactCharacters} characters`,
      actual: `${artifact.length}`,
    });
  }
  const octets = Buffer.from(decodeBase64(artifact, { whitespace: 'refused' }));
  if (octets.length !== artifactOctets || octets.readUInt16BE(0) !== typeCode) {
    reject('artifact-malformed', { actual: artifact });
  }
  return {
    artifact,
    sourceId: octets.toString('hex', 4, 4 + partOctets),
    endpointIndex: octets.readUInt16BE(2),
    messageHandle: octets.toString('hex', 4 + partOctets),
  };
}

/**
 * Reads what came by the HTTP Artifact binding as a query (saml-bindings 3.6.3).
 *
 * @param rawQuery the query as it stood in the address, without `?` and not decoded
 * @throws SamlRejection
 * @example const { artifact, sourceId, relayState } = decodeArtifactQuery(rawQuery);
 */
export function decodeArtifactQuery(rawQuery: string): ReceivedArtifact {
  if (rawQuery.length > longestQuery) {
    reject('query-too-long', {
      expected: `at most ${longestQuery} characters`,
      actual: `${rawQuery.length}`,
    });
  }
  const query = readRawQuery(rawQuery, ['SAMLart', 'SAMLRequest', 'SAMLResponse', 'RelayState']);
  return decode({
    SAMLart: query.get('SAMLart')?.value,
    SAMLRequest: query.get('SAMLRequest')?.value,
    SAMLResponse: query.get('SAMLResponse')?.value,
    RelayState: query.get('RelayState')?.value,
  });
}

/**
 * Reads what came by the HTTP Artifact binding as a form (saml-bindings 3.6.3).
 *
 * @param fields the fields of the form as they were posted, URL encoding undone
 * @throws SamlRejection
 * @example const { artifact, sourceId } = decodeArtifactForm({ SAMLart: form.SAMLart });
 */
export function decodeArtifactForm(fields: {
  SAMLart?: string;
  SAMLRequest?: string;
  SAMLResponse?: string;
  RelayState?: string;
}): ReceivedArtifact {
  const { SAMLart, SAMLRequest, SAMLResponse, RelayState } = fields;
  const known = { SAMLart, SAMLRequest, SAMLResponse, RelayState };
  requireSingleFields(known);
  return decode(known);
}

type Fields = {
  [Name in 'SAMLart' | 'SAMLRequest' | 'SAMLResponse' | 'RelayState']?: string | undefined;
};

function decode({ SAMLart, SAMLRequest, SAMLResponse, RelayState }: Fields): ReceivedArtifact {
  if (SAMLart === undefined) reject('artifact-missing', { expected: 'SAMLart' });
  if (SAMLRequest !== undefined || SAMLResponse !== undefined) reject('artifact-not-alone');
  const relayState = readRelayState(RelayState);
  return { ...readArtifact(SAMLart), ...(relayState === undefined ? {} : { relayState }) };
}

/**
 * The address that carries an artifact; a query the endpoint already has is kept (saml-bindings 3.6.3). As a form, the fields
 * are `SAMLart` and `RelayState` as they are.
 *
 * @throws SamlRejection `relay-state-too-long`, `value-malformed`; RangeError where the endpoint has a fragment, or parameters of the binding in its query
 * @example const url = encodeArtifactUrl({ endpoint: assertionConsumerServiceUrl, artifact, relayState });
 */
export function encodeArtifactUrl(input: {
  endpoint: string;
  artifact: string;
  relayState?: string;
}): string {
  const relayState = readRelayState(input.relayState);
  const relay = relayState === undefined ? '' : `&RelayState=${formEncoded(relayState)}`;
  return addressWithQuery(input.endpoint, `SAMLart=${formEncoded(input.artifact)}${relay}`);
}
