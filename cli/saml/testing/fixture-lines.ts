import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FixtureKey, fixtureCertificate, fixtureKey } from '../../../saml/fixtures/hand-signer.ts';
import { logoutRequestId } from '../../../saml/fixtures/logout-text.ts';
import type { ProtocolCase } from '../../../saml/fixtures/protocol-case.ts';
import * as given from '../../../saml/fixtures/web-sso.ts';

const fixtures = fileURLToPath(new URL('../../../saml/fixtures/', import.meta.url));

/** A case of `saml/fixtures` as a line of `saml verify --json`; `code` is undefined where it is accepted. */
export type FixtureLine = { id: string; code: string | undefined; line: Record<string, unknown> };

/** Every case whose expectations the command has fields for. */
export function fixtureLines(): FixtureLine[] {
  const rejected = foldersIn(join(fixtures, 'rejected')).flatMap((code) =>
    foldersIn(join(fixtures, 'rejected', code)).map((name) => ({ path: `rejected/${code}/${name}`, code })),
  );
  const accepted = foldersIn(join(fixtures, 'accepted')).map((name) => ({
    path: `accepted/${name}`,
    code: undefined,
  }));
  return [...rejected, ...accepted].flatMap(({ path, code }) => {
    if (needsMoreThanALine.test(path)) return [];
    const line = lineOf(join(fixtures, path));
    return line === undefined ? [] : [{ id: path, code, line: { id: path, ...line } }];
  });
}

/** Which addresses are registered, what is supported, which role is looked for and what was before is nothing a line can say. */
const needsMoreThanALine = new RegExp(
  [
    '^rejected/(request-reply-url|reply-url|metadata-role|metadata-several-entities|metadata-valid-until-missing|decryption-peer-blocked',
    'authn-context-not-met|request-authn-context|request-name-id-format|request-scoping|request-subject-present|request-protocol)',
    '^accepted/logout-request-for-the-second-address',
  ].join('|'),
);

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
}

function lineOf(folder: string): Record<string, unknown> | undefined {
  const wanted: ProtocolCase = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  const file = (name: string) => readFileSync(join(folder, name));
  const base = { now: new Date(given.now).toISOString() };
  const pem = (keys: readonly FixtureKey[] = []) => keys.map((key) => fixtureCertificate(key).toString());
  switch (wanted.reads) {
    case 'query':
      return { ...base, query: file('message.txt').toString() };
    case 'form':
      return undefined;
    case 'request':
    case 'request-query':
      // In a line the signature is demanded exactly where there are certificates.
      if ((wanted.required ?? false) !== (wanted.certificates ?? []).length > 0) return undefined;
      if (wanted.parameter !== undefined || wanted.entityIds !== undefined) return undefined;
      return {
        ...base,
        type: 'AuthnRequest',
        ...(wanted.reads === 'request'
          ? { message: file('message.xml').toString('base64') }
          : { query: file('message.txt').toString() }),
        audience: given.serviceProvider,
        acs: given.endpoint,
        certificates: pem(wanted.certificates),
        ...peculiarities(wanted),
      };
    case 'logout-request':
    case 'logout-request-query':
    case 'logout-response':
    case 'logout-response-query': {
      const { request = { id: logoutRequestId } } = wanted;
      if (wanted.parameter !== undefined || wanted.entityIds !== undefined) return undefined;
      if (wanted.lifetime !== undefined || typeof request === 'string') return undefined;
      return {
        ...base,
        type: wanted.reads.startsWith('logout-request') ? 'LogoutRequest' : 'LogoutResponse',
        ...(wanted.reads.endsWith('-query')
          ? { query: file('message.txt').toString() }
          : { message: file('message.xml').toString('base64') }),
        audience: given.serviceProvider,
        acs: given.endpoint,
        certificates: pem(wanted.certificates ?? ['rsa-other']),
        ...(wanted.reads.startsWith('logout-request') ? {} : { inResponseTo: request.id }),
        ...peculiarities(wanted),
      };
    }
    case 'response': {
      const { request = { id: given.requestId } } = wanted;
      if (wanted.parameter !== undefined || (wanted.binding ?? 'post') !== 'post') return undefined;
      // A request that the caller looks up cannot be named here.
      if (request === 'resolved-by-caller') return undefined;
      return {
        ...base,
        type: 'Response',
        message: file('message.xml').toString('base64'),
        certificates: pem(wanted.certificates ?? ['rsa']),
        idpEntityId: given.identityProvider,
        audience: given.serviceProvider,
        acs: given.replyUrl,
        inResponseTo: request === 'unsolicited' ? null : request.id,
        ...peculiarities({ ...wanted, decryptionKeys: wanted.decryptionKeys ?? ['sp'] }),
      };
    }
    case 'idp-metadata':
    case 'sp-metadata': {
      const xml = file('message.xml');
      // A line always has a time.
      if (wanted.now === undefined && xml.includes('validUntil')) return undefined;
      return {
        ...base,
        type: 'Metadata',
        message: xml.toString('base64'),
        certificates: pem(wanted.certificates),
        ...peculiarities(wanted),
      };
    }
    default:
      return undefined;
  }
}

type Peculiarities = {
  now?: string;
  skewMilliseconds?: number;
  allow?: string[];
  decryptionKeys?: FixtureKey[];
};

function peculiarities({ now, skewMilliseconds, allow, decryptionKeys }: Peculiarities) {
  return {
    ...(now === undefined ? {} : { now }),
    ...(skewMilliseconds === undefined ? {} : { skewSeconds: skewMilliseconds / 1000 }),
    ...(allow === undefined ? {} : { allow }),
    ...(decryptionKeys === undefined
      ? {}
      : {
          decryptionKeys: decryptionKeys.map((key) =>
            fixtureKey(key).export({ type: 'pkcs8', format: 'pem' }),
          ),
        }),
  };
}
