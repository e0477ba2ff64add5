import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { artifactResponseText, soapText } from '../fixtures/artifact-text.ts';
import { encryptedText } from '../fixtures/hand-encrypter.ts';
import { fixtureCertificate } from '../fixtures/hand-signer.ts';
import { logoutRequestText, logoutResponseText, signedLogoutText } from '../fixtures/logout-text.ts';
import {
  aggregateText,
  entityText,
  innerEntityText,
  signedText,
  spRoleText,
} from '../fixtures/metadata-text.ts';
import { messageFile, type ProtocolCase, runProtocolCase } from '../fixtures/protocol-case.ts';
import { queryText, requestText, signedRequestText } from '../fixtures/request-text.ts';
import { type Edit, type ResponseText, responseText } from '../fixtures/response-text.ts';
import { foldersIn } from '../fixtures/run-case.ts';
import { now, serviceProvider } from '../fixtures/web-sso.ts';
import { readAggregate } from '../metadata/aggregate.ts';

/** A message that is signed, and what whoever reads it is entitled to. Texts have one character for each octet. */
export type Genuine = {
  kind: string;
  name: string;
  carrier: 'xml' | 'query';
  text: string;
  /** Of the same kind, signed with the same key for somebody else. */
  others: string[];
  /** Everything that rests on the signature. @throws SamlRejection */
  read: (octets: Buffer) => unknown;
};

const accepted = fileURLToPath(new URL('../fixtures/accepted', import.meta.url));

const somebodyElse: readonly Edit[] = [
  ['b.simon@contoso.example', 'g.other@fabrikam.example'],
  ['<AttributeValue>B.Simon<', '<AttributeValue>G.Other<'],
];
const otherAssertion: readonly Edit[] = [...somebodyElse, ['ID="_f0e1', 'ID="_00e1']];
const otherResponses: ResponseText[] = (['assertion', 'response', 'both'] as const).flatMap((sign) => [
  { sign, assertion: somebodyElse },
  { sign, assertion: otherAssertion, response: [[' ID="_0a1b', ' ID="_001b']] },
]);

const otherEntity = { entityId: 'https://id.fabrikam.example/' };
const otherProvider = innerEntityText({ ...otherEntity, content: spRoleText });

/** For each way of reading: messages signed for somebody else. */
const others: Partial<Record<ProtocolCase['reads'], () => string[]>> = {
  response: () => [
    ...otherResponses.map(responseText),
    ...otherResponses.map((each) =>
      responseText({ ...each, encrypt: (assertion) => encryptedText(assertion) }),
    ),
  ],
  'artifact-response': () =>
    otherResponses.map((each) => soapText(artifactResponseText({ message: responseText(each) }))),
  request: () => [
    signedRequestText([[' ID="', ' ForceAuthn="true" ID="']]),
    signedRequestText([[' ID="_4f', ' ForceAuthn="true" ID="_00']]),
  ],
  'request-query': () =>
    ['evil', undefined].map((relayState) =>
      queryText(requestText([[' ID="', ' ForceAuthn="true" ID="']]), {
        key: 'rsa-other',
        ...(relayState === undefined ? {} : { relayState }),
      }),
    ),
  'logout-request': () => [signedLogoutText(logoutRequestText([['b.simon', 'g.other']]))],
  'logout-request-query': () => [
    queryText(logoutRequestText([['b.simon', 'g.other']]), { key: 'rsa-other' }),
  ],
  'logout-response': () => [signedLogoutText(logoutResponseText([['status:Success', 'status:Responder']]))],
  'logout-response-query': () => [
    queryText(logoutResponseText([['status:Success', 'status:Responder']]), {
      parameter: 'SAMLResponse',
      key: 'rsa-other',
    }),
  ],
  'idp-metadata': () => [signedText(entityText(otherEntity))],
  'sp-metadata': () => [signedText(entityText({ ...otherEntity, content: spRoleText }))],
  aggregate: () => [signedText(aggregateText({ content: otherProvider })), signedText(entityText())],
};

const made = new Map<ProtocolCase['reads'], string[]>();

function othersOf(reads: ProtocolCase['reads']): string[] {
  const known =
    made.get(reads) ?? others[reads]?.().map((text) => Buffer.from(text).toString('latin1')) ?? [];
  made.set(reads, known);
  return known;
}

const kinds: Partial<Record<ProtocolCase['reads'], string>> = {
  request: 'AuthnRequest by POST',
  'request-query': 'AuthnRequest by Redirect',
  'artifact-request': 'AuthnRequest by Artifact',
  'artifact-resolve': 'ArtifactResolve',
  'artifact-response': 'ArtifactResponse around a Response',
  'logout-request': 'LogoutRequest by POST',
  'logout-request-query': 'LogoutRequest by Redirect',
  'logout-response': 'LogoutResponse by POST',
  'logout-response-query': 'LogoutResponse by Redirect',
  'idp-metadata': 'metadata of an identity provider',
  'sp-metadata': 'metadata of a service provider',
  aggregate: 'metadata aggregate',
};

type Result = { signed?: string; signature?: string; encrypted?: unknown };

/** All messages of `fixtures/accepted` that rest on a signature, and an aggregate of metadata. */
export function genuineMessages(): Genuine[] {
  return [...foldersIn(accepted).flatMap(fromFixture), aggregate()];
}

function fromFixture(name: string): Genuine[] {
  const folder = `${accepted}/${name}`;
  const given: ProtocolCase = strict(JSON.parse(readFileSync(`${folder}/case.json`, 'utf8')));
  if ('allow' in given && given.allow?.some((each) => each.startsWith('unsigned-'))) return [];
  const octets = readFileSync(`${folder}/${messageFile(given)}`);
  let result: Result;
  try {
    result = runProtocolCase(octets, given) as Result;
  } catch {
    // Accepted without a signature only.
    return [];
  }
  if (result.signed === undefined && result.signature !== 'verified') return [];
  const genuine: Genuine = {
    kind:
      given.reads === 'response'
        ? kindOfResponse(octets.toString(), result)
        : (kinds[given.reads] ?? given.reads),
    name,
    carrier: given.reads.endsWith('-query') ? 'query' : 'xml',
    text: octets.toString('latin1'),
    others: othersOf(given.reads),
    read: (mutant) => withoutCircumstances(runProtocolCase(mutant, given) as Result),
  };
  return [genuine];
}

/** Where a fixture leaves it open whether a request is signed, here it must be. */
function strict(given: ProtocolCase): ProtocolCase {
  return given.reads === 'request' || given.reads === 'request-query' || given.reads === 'artifact-request'
    ? { ...given, required: true }
    : given;
}

function kindOfResponse(text: string, { signed = '' }: Result): string {
  const what = signed === 'both' ? 'Response and Assertion signed' : `Response, ${signed} signed`;
  return text.includes('CipherValue') ? `${what}, encrypted` : what;
}

/** Which of two genuine signatures is left, and whether what they cover was encrypted, is nobody's identity. */
function withoutCircumstances(result: Result): unknown {
  return { ...result, signed: undefined, encrypted: undefined };
}

function aggregate(): Genuine {
  const trust = { certificates: [fixtureCertificate('rsa')] };
  return {
    kind: 'metadata aggregate',
    name: 'of two entities',
    carrier: 'xml',
    text: signedText(aggregateText()),
    others: othersOf('aggregate'),
    read: (octets) => {
      const { entities, find, ...rest } = readAggregate(octets, { trust, now });
      const roles = [...entities()].map(({ identityProvider, serviceProvider: asked, ...entity }) => ({
        ...entity,
        ...(entity.roles.includes('identity-provider') ? { idp: named(identityProvider()) } : {}),
        ...(entity.roles.includes('service-provider') ? { sp: named(asked()) } : {}),
      }));
      return { ...rest, roles, found: find(serviceProvider)?.entityId };
    },
  };
}

function named<T extends { certificates: { fingerprint256: string }[] }>(role: T) {
  return { ...role, certificates: role.certificates.map(({ fingerprint256 }) => fingerprint256) };
}
