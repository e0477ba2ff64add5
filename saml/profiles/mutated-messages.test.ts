import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { artifactSourceId } from '../bindings/http-artifact.ts';
import {
  artifactResolveText,
  artifactResponseText,
  resolutionUrl,
  resolveId,
  signedFirst,
  soapText,
} from '../fixtures/artifact-text.ts';
import { fixtureCertificate } from '../fixtures/hand-signer.ts';
import {
  logoutRequestId,
  logoutRequestText,
  logoutResponseText,
  signedLogoutText,
} from '../fixtures/logout-text.ts';
import { responseText } from '../fixtures/response-text.ts';
import * as given from '../fixtures/web-sso.ts';
import { mutated } from '../fuzz/mutations.ts';
import { SamlRejection } from '../rejection.ts';
import { acceptArtifactResolve, readArtifactResolve } from './accept-artifact-resolve.ts';
import { acceptLogoutRequest, readLogoutRequest } from './accept-logout-request.ts';
import { acceptLogoutResponse, readLogoutResponse } from './accept-logout-response.ts';
import { acceptResponse } from './accept-response.ts';

const peer = { entityIds: [given.serviceProvider], certificates: [fixtureCertificate('rsa-other')] };
const endpointUrls = [given.endpoint];

/** How a genuine message of each kind is taken; whatever is done to it must not come out as anything else. */
const kinds: Record<string, { genuine: string; take: (octets: Uint8Array) => unknown }> = {
  'a logout request': {
    genuine: signedLogoutText(logoutRequestText()),
    take: (octets) => {
      const received = readLogoutRequest({ binding: 'post', parameter: 'SAMLRequest', octets });
      return acceptLogoutRequest(received, peer, { endpointUrls, now: given.now, skewMilliseconds: 0 });
    },
  },
  'a logout response': {
    genuine: signedLogoutText(logoutResponseText([['status:Success', 'status:Responder']])),
    take: (octets) => {
      const received = readLogoutResponse({ binding: 'post', parameter: 'SAMLResponse', octets });
      return acceptLogoutResponse(received, peer, { endpointUrls, request: { id: logoutRequestId } });
    },
  },
  'a request to resolve an artifact': {
    genuine: soapText(signedFirst(artifactResolveText(), 'rsa-other')),
    take: (octets) =>
      acceptArtifactResolve(readArtifactResolve(octets), peer, {
        entityId: given.identityProvider,
        endpointUrls: [resolutionUrl],
      }),
  },
  'a response by artifact': {
    genuine: soapText(artifactResponseText({ message: responseText({ sign: 'none' }) })),
    take: (octets) => {
      const resolution = { sourceId: artifactSourceId(given.identityProvider), requestId: resolveId };
      return acceptResponse(
        given.acceptInput({ binding: 'artifact', parameter: 'SAMLResponse', octets, resolution }),
      );
    },
  },
};

suite('whatever is done to a signed message, it is refused or taken for what was signed:', () => {
  for (const [kind, { genuine, take }] of Object.entries(kinds)) {
    test(kind, () => {
      const signed = take(Buffer.from(genuine));
      let taken = 0;
      fc.assert(
        fc.property(mutated(genuine), (text) => {
          if (text === genuine) return;
          try {
            assert.deepEqual(take(Buffer.from(text)), signed);
          } catch (error) {
            assert.ok(error instanceof SamlRejection, String(error));
            return;
          }
          taken += 1;
        }),
        { numRuns: 2_000 },
      );
      // Were nothing taken, the changes would be too coarse to prove anything.
      assert.ok(taken > 20, `only ${taken} were taken`);
    });
  }
});
