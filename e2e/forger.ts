/**
 * A second identity provider with its own key, for Perform to be tried with. It builds its responses as text and signs
 * them with xml-crypto, so nothing of the product judges itself. What it answers next is the current forgery.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { inflateRawSync } from 'node:zlib';
import { type Identity, selfSigned } from './certificate.ts';
import { assertionText, escapeXml, responseText, type Statement } from './forger/response-text.ts';
import { signText } from './forger/sign-text.ts';

export const forgerHost = 'login.forger.example';
export const forgerEntityId = `https://${forgerHost}/`;
export const forgerLoginUrl = `https://${forgerHost}/saml2`;

/** One way of being wrong. Whatever is absent is done the genuine way. */
export type Forgery = {
  /** Changes what is said before it is signed. */
  says?: (statement: Statement, forger: Forger) => Partial<Statement>;
  /** Makes the whole response out of the statement. */
  writes?: (statement: Statement, forger: Forger) => string;
  /** Changes the finished, signed text. */
  spoils?: (xml: string, statement: Statement, forger: Forger) => string;
  /** Where the browser posts it, instead of where the request asked for. */
  posts?: (url: string) => string;
};

export type Forger = {
  port: number;
  /** The key and certificate the administrator of Perform was given. */
  registered: Identity;
  /** A key nobody was told about. */
  unknown: Identity;
  next: Forgery;
  /** Form values of everything sent so far, oldest first. */
  sent: { url: string; samlResponse: string; statement: Statement }[];
  close(): Promise<void>;
};

const id = () => `_${randomBytes(20).toString('hex')}`;
const minute = 60_000;

/** What a genuine response to this request says at this moment, about B.Simon. */
export function genuineStatement(request: { id: string; acsUrl: string; audience: string }): Statement {
  const now = Date.now();
  return {
    responseId: id(),
    assertionId: id(),
    inResponseTo: request.id,
    issuer: forgerEntityId,
    destination: request.acsUrl,
    recipient: request.acsUrl,
    audience: request.audience,
    nameId: 'B.Simon@contoso.example',
    nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
    status: 'urn:oasis:names:tc:SAML:2.0:status:Success',
    version: '2.0',
    issueInstant: now,
    notBefore: now - 5 * minute,
    notOnOrAfter: now + 60 * minute,
    confirmationNotBefore: undefined,
    sessionNotOnOrAfter: undefined,
    withAuthnStatement: true,
    extraCondition: '',
  };
}

/** The genuine way to write a statement down: the assertion signed with the registered key. */
export function genuineText(statement: Statement, identity: Identity): string {
  return signText(responseText(statement, assertionText(statement)), 'Assertion', identity);
}

/** Reads ID, AssertionConsumerServiceURL and Issuer out of a SAMLRequest query value. */
export function readRequest(samlRequest: string): { id: string; acsUrl: string; audience: string } {
  const xml = inflateRawSync(Buffer.from(samlRequest, 'base64')).toString('utf8');
  const value = (pattern: RegExp) =>
    (pattern.exec(xml)?.[1] ?? '').replaceAll('&amp;', '&').replaceAll('&#38;', '&');
  return {
    id: value(/\bID="([^"]+)"/),
    acsUrl: value(/\bAssertionConsumerServiceURL="([^"]+)"/),
    audience: value(/<(?:\w+:)?Issuer\b[^>]*>([^<]+)</),
  };
}

/** Serves https://login.forger.example/saml2 on a port of 127.0.0.1. */
export async function startForger(): Promise<Forger> {
  const [registered, unknown, tls] = await Promise.all([
    selfSigned('Forger signing'),
    selfSigned('Forger signing'),
    selfSigned('Forger TLS', [forgerHost]),
  ]);
  const server = createServer({ key: tls.privateKey, cert: tls.certificate }, (incoming, answer) => {
    const query = new URL(incoming.url ?? '/', forgerLoginUrl).searchParams;
    const samlRequest = query.get('SAMLRequest');
    if (samlRequest === null) {
      answer.writeHead(404).end();
      return;
    }
    const { url, samlResponse } = forge(forger, samlRequest);
    const relayState = query.get('RelayState');
    const field = (name: string, value: string) =>
      `<input type="hidden" name="${name}" value="${escapeXml(value)}">`;
    answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    answer.end(
      `<!doctype html><title>Forger</title><form method="post" action="${escapeXml(url)}">${field('SAMLResponse', samlResponse)}${
        relayState === null ? '' : field('RelayState', relayState)
      }</form><script>document.forms[0].submit()</script>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const forger: Forger = {
    port: (server.address() as AddressInfo).port,
    registered,
    unknown,
    next: {},
    sent: [],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return forger;
}

/** Answers one request with the current forgery; also usable without the site. */
export function forge(forger: Forger, samlRequest: string): { url: string; samlResponse: string } {
  const request = readRequest(samlRequest);
  const genuine = genuineStatement(request);
  const statement = { ...genuine, ...forger.next.says?.(genuine, forger) };
  const written = forger.next.writes?.(statement, forger) ?? genuineText(statement, forger.registered);
  const xml = forger.next.spoils?.(written, statement, forger) ?? written;
  const url = forger.next.posts?.(request.acsUrl) ?? request.acsUrl;
  const samlResponse = Buffer.from(xml).toString('base64');
  forger.sent.push({ url, samlResponse, statement });
  return { url, samlResponse };
}
