import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeRedirect } from '../bindings/http-redirect.ts';
import type { ReceivedMessage } from '../bindings/received-message.ts';
import { fixtureCertificate } from '../fixtures/hand-signer.ts';
import { queryText, requestText, signedRequestText } from '../fixtures/request-text.ts';
import * as given from '../fixtures/web-sso.ts';
import { acceptAuthnRequest, readAuthnRequest } from './accept-authn-request.ts';

const at = { endpointUrls: [given.endpoint] };
const byPost = (xml: string): ReceivedMessage => ({
  binding: 'post',
  parameter: 'SAMLRequest',
  octets: Buffer.from(xml),
});
const signedParty = given.relyingParty({
  requestSignature: { required: true, certificates: [fixtureCertificate('rsa-other')] },
});

describe('who asks', () => {
  test('can be read before anything is believed', () => {
    const received = readAuthnRequest(byPost(requestText()));
    assert.deepEqual(received.unverified, { id: given.requestId, issuer: given.serviceProvider });
    assert.equal(received.signature, 'absent');
  });

  test('a signature is seen where its binding puts it and nowhere else', () => {
    const signed = signedRequestText();
    assert.equal(readAuthnRequest(byPost(signed)).signature, 'present');
    assert.equal(readAuthnRequest(decodeRedirect(queryText(signed))).signature, 'absent');
    const query = queryText(requestText(), { key: 'rsa-other' });
    assert.equal(readAuthnRequest(decodeRedirect(query)).signature, 'present');
  });

  test('what was handed in as unverified decides nothing', () => {
    const received = readAuthnRequest(byPost(requestText()));
    const forged = {
      ...received,
      unverified: { issuer: 'https://evil.example', id: '_evil', forceAuthn: true },
      signature: 'present' as const,
    };
    const accepted = acceptAuthnRequest(forged, given.relyingParty(), at);
    assert.equal(accepted.requestId, given.requestId);
    assert.equal(accepted.issuer, given.serviceProvider);
    assert.equal(accepted.forceAuthn, false);
    assert.throws(() => acceptAuthnRequest(forged, signedParty, at), { code: 'request-not-signed' });
  });

  test('the message beside a signed query decides nothing either', () => {
    const received = readAuthnRequest(
      decodeRedirect(queryText(requestText(), { key: 'rsa-other', relayState: 'a' })),
    );
    const other = Buffer.from(requestText([[given.requestId, '_evil']]));
    const forged = { ...received, message: { ...received.message, octets: other, relayState: 'evil' } };
    const accepted = acceptAuthnRequest(forged, signedParty, at);
    assert.equal(accepted.requestId, given.requestId);
    assert.equal(accepted.relayState, 'a');
  });
});

describe('where it is addressed to', () => {
  test('may be any address of the endpoint, by id and by domain', () => {
    const byDomain = given.endpoint.replace(/\/0190[^/]*/, '/contoso.example');
    const endpoints = { endpointUrls: [given.endpoint, byDomain] };
    for (const destination of endpoints.endpointUrls) {
      const received = readAuthnRequest(byPost(requestText([[given.endpoint, destination]])));
      assert.equal(acceptAuthnRequest(received, given.relyingParty(), endpoints).requestId, given.requestId);
    }
    const elsewhere = readAuthnRequest(byPost(requestText([[given.endpoint, 'https://other.example/']])));
    assert.throws(() => acceptAuthnRequest(elsewhere, given.relyingParty(), endpoints), {
      code: 'request-destination-mismatch',
      expected: `${given.endpoint} ${byDomain}`,
      actual: 'https://other.example/',
    });
  });
});

test('any change of a signed query is refused, or is one that the signature does not cover and nothing rests on', () => {
  const query = queryText(requestText(), { key: 'rsa-other', relayState: 'there' });
  const accepted = acceptAuthnRequest(readAuthnRequest(decodeRedirect(query)), signedParty, at);
  fc.assert(
    fc.property(
      fc.nat({ max: query.length - 1 }),
      fc.nat({ max: 2 }),
      fc.constantFrom(...'aZ09+/=&%-_. ', '%20', '&RelayState=x', '&SigAlg=x', '&x=y'),
      (place, remove, piece) => {
        const mutated = query.slice(0, place) + piece + query.slice(place + remove);
        try {
          const outcome = acceptAuthnRequest(readAuthnRequest(decodeRedirect(mutated)), signedParty, at);
          assert.deepEqual(outcome, accepted);
        } catch (error) {
          assert.equal((error as Error).name, 'SamlRejection');
        }
      },
    ),
    { numRuns: 5_000 },
  );
});
