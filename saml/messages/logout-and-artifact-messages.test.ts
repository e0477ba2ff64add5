import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { limits } from '../limits.ts';
import { nameIdFormats, statusCodes } from '../names.ts';
import { SamlRejection } from '../rejection.ts';
import { readXml } from '../xml/reader.ts';
import { writeXml } from '../xml/write.ts';
import { readArtifactResolveElement, writeArtifactResolve } from './artifact-resolve.ts';
import { readArtifactResponseElement, writeArtifactResponse } from './artifact-response.ts';
import { readLogoutRequestElement, writeLogoutRequest } from './logout-request.ts';
import { readLogoutResponseElement, writeLogoutResponse } from './logout-response.ts';

const issueInstant = Date.parse('2026-11-23T12:00:00.000Z');
const header = { id: '_m', issueInstant, issuer: 'https://here.example' };
const nameId = { value: 'b.simon', format: nameIdFormats.persistent };
const samlp = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"';
const saml = 'xmlns="urn:oasis:names:tc:SAML:2.0:assertion"';
const issuer = `<Issuer ${saml}>https://here.example</Issuer>`;
const read = (xml: string) => readXml(Buffer.from(xml), limits.message).root;

suite('what is written reads as it is meant, and as it was given:', () => {
  test('a logout request', () => {
    const input = { ...header, destination: 'https://there.example', nameId, sessionIndexes: ['_1', '_2'] };
    const xml = writeXml(
      writeLogoutRequest({
        ...input,
        notOnOrAfter: issueInstant + 1,
        reason: 'urn:oasis:names:tc:SAML:2.0:logout:user',
      }),
    );
    assert.equal(
      xml,
      `<samlp:LogoutRequest ${samlp} Destination="https://there.example" ID="_m" IssueInstant="2026-11-23T12:00:00.000Z" NotOnOrAfter="2026-11-23T12:00:00.001Z" ` +
        `Reason="urn:oasis:names:tc:SAML:2.0:logout:user" Version="2.0">${issuer}<NameID ${saml} Format="${nameIdFormats.persistent}">b.simon</NameID>` +
        '<samlp:SessionIndex>_1</samlp:SessionIndex><samlp:SessionIndex>_2</samlp:SessionIndex></samlp:LogoutRequest>',
    );
    const { nameId: _, ...rest } = input;
    assert.deepEqual(readLogoutRequestElement(read(xml)), {
      ...rest,
      principal: { nameId },
      notOnOrAfter: issueInstant + 1,
      reason: 'urn:oasis:names:tc:SAML:2.0:logout:user',
    });
    const { sessionIndexes: __, ...everySession } = input;
    assert.deepEqual(readLogoutRequestElement(read(writeXml(writeLogoutRequest(everySession)))), {
      ...header,
      destination: 'https://there.example',
      principal: { nameId },
      sessionIndexes: [],
    });
    assert.throws(
      () => writeLogoutRequest({ ...input, sessionIndexes: [''] }),
      (error) => error instanceof SamlRejection && error.expected === 'text in SessionIndex',
    );
  });

  test('a logout response', () => {
    const status = { code: statusCodes.success, subCode: statusCodes.partialLogout };
    const xml = writeXml(
      writeLogoutResponse({ ...header, destination: 'https://there.example', inResponseTo: '_q', status }),
    );
    assert.equal(
      xml,
      `<samlp:LogoutResponse ${samlp} Destination="https://there.example" ID="_m" InResponseTo="_q" IssueInstant="2026-11-23T12:00:00.000Z" Version="2.0">${issuer}` +
        `<samlp:Status><samlp:StatusCode Value="${statusCodes.success}"><samlp:StatusCode Value="${statusCodes.partialLogout}"></samlp:StatusCode></samlp:StatusCode></samlp:Status></samlp:LogoutResponse>`,
    );
    assert.deepEqual(readLogoutResponseElement(read(xml)), {
      ...header,
      destination: 'https://there.example',
      inResponseTo: '_q',
      status: { code: statusCodes.success, subCodes: [statusCodes.partialLogout] },
    });
    assert.deepEqual(readLogoutResponseElement(read(xml.replace(' InResponseTo="_q"', ''))), {
      ...header,
      destination: 'https://there.example',
      status: { code: statusCodes.success, subCodes: [statusCodes.partialLogout] },
    });
  });

  test('a request to resolve an artifact', () => {
    const input = { ...header, destination: 'https://there.example', artifact: 'AAQ=' };
    const xml = writeXml(writeArtifactResolve(input));
    assert.equal(
      xml,
      `<samlp:ArtifactResolve ${samlp} Destination="https://there.example" ID="_m" IssueInstant="2026-11-23T12:00:00.000Z" Version="2.0">${issuer}` +
        '<samlp:Artifact>AAQ=</samlp:Artifact></samlp:ArtifactResolve>',
    );
    assert.deepEqual(readArtifactResolveElement(read(xml)), input);
    const { destination: _, issuer: __, ...least } = input;
    const bare = xml.replace(issuer, '').replace(' Destination="https://there.example"', '');
    assert.deepEqual(readArtifactResolveElement(read(bare)), least);
  });

  test('the answer to it, with a message and without', () => {
    const status = { code: statusCodes.success };
    const xml = writeXml(writeArtifactResponse({ ...header, inResponseTo: '_q', status }));
    assert.equal(
      xml,
      `<samlp:ArtifactResponse ${samlp} ID="_m" InResponseTo="_q" IssueInstant="2026-11-23T12:00:00.000Z" Version="2.0">${issuer}` +
        `<samlp:Status><samlp:StatusCode Value="${statusCodes.success}"></samlp:StatusCode></samlp:Status></samlp:ArtifactResponse>`,
    );
    const says = { ...header, inResponseTo: '_q', status: { code: statusCodes.success, subCodes: [] } };
    assert.deepEqual(readArtifactResponseElement(read(xml)), says);
    const around = read(
      xml.replace('</samlp:ArtifactResponse>', '<x xmlns="urn:x"/></samlp:ArtifactResponse>'),
    );
    const { message, ...answer } = readArtifactResponseElement(around);
    assert.deepEqual(answer, says);
    assert.equal(message?.namespace, 'urn:x');
  });

  test('and nothing that the schema does not know is passed over', () => {
    const xml = writeXml(
      writeArtifactResolve({ ...header, destination: 'https://there.example', artifact: 'AAQ=' }),
    );
    assert.throws(
      () => readArtifactResolveElement(read(xml.replace(' Version=', ' mutated="" Version='))),
      (error) => error instanceof SamlRejection && error.code === 'attribute-unexpected',
    );
  });
});
