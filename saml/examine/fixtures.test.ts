import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { test } from 'node:test';
import { decodeRedirect } from '../bindings/http-redirect.ts';
import { readCertificates } from '../certificates.ts';
import { readDateTime } from '../date-time.ts';
import { type VerifyLine, verifyLines } from '../fixtures/verify-lines.ts';
import { SamlRejection } from '../rejection.ts';
import { examineMessage } from './examine-message.ts';

/** What the command makes of the line, without the command. */
function examine({ line }: VerifyLine): string | undefined {
  const { message, query, certificates = [], decryptionKeys = [], now, skewSeconds = 0, ...rest } = line;
  const isAnswer = rest.type === 'Response' || rest.type === 'LogoutResponse';
  try {
    examineMessage({
      ...rest,
      message:
        query === undefined
          ? {
              binding: 'post',
              parameter: isAnswer ? 'SAMLResponse' : 'SAMLRequest',
              octets: Buffer.from(message ?? '', 'base64'),
            }
          : decodeRedirect(query),
      certificates: certificates.flatMap(readCertificates),
      decryptionKeys: decryptionKeys.map((pem) => createPrivateKey(pem)),
      now: readDateTime(now),
      skewMilliseconds: skewSeconds * 1000,
    });
    return undefined;
  } catch (error) {
    if (error instanceof SamlRejection) return error.code;
    throw error;
  }
}

test('every case of the fixtures that can be expressed is judged as its folder says', () => {
  const cases = verifyLines();
  assert.ok(cases.length > 1_000);
  for (const each of cases) assert.equal(examine(each), each.code, each.id);
});
