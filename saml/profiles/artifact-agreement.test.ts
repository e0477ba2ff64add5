import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { suite, test } from 'node:test';
import { artifactSourceId, writeArtifact } from '../bindings/http-artifact.ts';
import { artifactResponseText, resolveId, soapText } from '../fixtures/artifact-text.ts';
import { fixtureKey } from '../fixtures/hand-signer.ts';
import { responseText } from '../fixtures/response-text.ts';
import * as given from '../fixtures/web-sso.ts';
import { xmlsec1Complaint, xmlsec1Signed } from '../fixtures/xmlsec1.ts';
import { acceptResponse } from './accept-response.ts';
import { createArtifactResolve, createArtifactResponse } from './artifact-resolution.ts';
import { issueResponse } from './issue-response.ts';

const answer = '//*[local-name()="ArtifactResponse"]/*[local-name()="Signature"]';
const response = '//*[local-name()="Response"]/*[local-name()="Signature"]';
const assertion = '//*[local-name()="Assertion"]/*[local-name()="Signature"]';

suite('xmlsec1 verifies what is signed here, inside the envelope it is sent in', () => {
  test('a request to resolve an artifact', async () => {
    for (const [key, algorithm] of [
      ['rsa', 'rsa-sha256'],
      ['ec-p384', 'ecdsa-sha384'],
    ] as const) {
      const messageHandle = Buffer.alloc(20, 1);
      const { soap } = await createArtifactResolve({
        id: '_q',
        now: given.now,
        issuer: given.serviceProvider,
        destination: 'https://id.example/artifact',
        artifact: writeArtifact({ entityId: given.identityProvider, endpointIndex: 0, messageHandle }),
        signing: { key: fixtureKey(key), algorithm },
      });
      assert.equal(xmlsec1Complaint([soap], key), '');
    }
  });

  test('the answer, and the response and the assertion in it', async () => {
    const input = given.issueInput();
    const { xml } = await issueResponse({ ...input, signing: { ...input.signing, sign: 'both' } });
    const { soap } = await createArtifactResponse({
      id: '_a',
      now: given.now,
      issuer: given.identityProvider,
      inResponseTo: '_q',
      message: xml,
      signing: input.signing,
    });
    for (const xpath of [answer, response, assertion])
      assert.equal(xmlsec1Complaint([soap], 'rsa', xpath), '', xpath);
  });
});

suite('what xmlsec1 signs inside an envelope is accepted here', () => {
  for (const method of [
    'http://www.w3.org/2001/10/xml-exc-c14n#',
    'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
    'http://www.w3.org/2006/12/xml-c14n11',
  ]) {
    // The inclusive methods take along what the envelope declares.
    test(`with ${method}`, () => {
      const unsigned = artifactResponseText({ message: responseText(), key: 'none' });
      const id = /\sID="([^"]*)"/.exec(unsigned)?.[1] ?? assert.fail();
      const template =
        '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>' +
        `<ds:CanonicalizationMethod Algorithm="${method}"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>` +
        `<ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>` +
        `<ds:Transform Algorithm="${method}"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>` +
        '<ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>';
      const envelope = soapText(unsigned.replace('</Issuer>', `</Issuer>${template}`)).replace(
        '<soap:Envelope ',
        '<soap:Envelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ',
      );
      const signed = xmlsec1Signed(envelope, 'rsa');
      const { signed: by, nameId } = acceptResponse(
        given.acceptInput({
          binding: 'artifact',
          parameter: 'SAMLResponse',
          octets: Buffer.from(signed),
          resolution: { sourceId: artifactSourceId(given.identityProvider), requestId: resolveId },
        }),
      );
      assert.deepEqual([by, nameId.value], ['both', 'b.simon@contoso.example']);
    });
  }
});
