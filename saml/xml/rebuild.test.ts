import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issueInput } from '../fixtures/web-sso.ts';
import { limits } from '../limits.ts';
import { issueResponse } from '../profiles/issue-response.ts';
import { element } from './build.ts';
import { canonicalize } from './canonical.ts';
import { readXml } from './reader.ts';
import { rebuild } from './rebuild.ts';
import { writeXml } from './write.ts';

const read = (text: string) => readXml(Buffer.from(text), limits.message).root;

test('what was written here comes out as it was, alone and inside something else', async () => {
  const input = issueInput();
  const { xml } = await issueResponse({ ...input, signing: { ...input.signing, sign: 'both' } });
  assert.equal(writeXml(rebuild(read(xml))), xml);
  const around = writeXml(
    element(
      { namespace: 'urn:oasis:names:tc:SAML:2.0:protocol', local: 'ArtifactResponse', prefix: 'samlp' },
      {},
      [rebuild(read(xml))],
    ),
  );
  const [inside] = read(around).children;
  assert.ok(typeof inside === 'object' && inside.kind === 'element');
  assert.equal(canonicalize(inside, { method: 'exclusive' }), xml);
});

test('text that needs escapes, and elements of no namespace, come out as they were', () => {
  const xml =
    '<a b="&lt;&quot;&#x9;"><x:c xmlns:x="urn:x">&amp;&lt;&gt;&#xD;<d xmlns="urn:d"><e xmlns=""></e></d></x:c></a>';
  assert.equal(writeXml(rebuild(read(xml))), xml);
});

test('what others wrote is not sent on', () => {
  assert.throws(() => rebuild(read('<a xmlns:x="urn:x" x:b="c"/>')), {
    name: 'TypeError',
    message: 'Only what was written here can be put into another message.',
  });
  const metadata = readXml(Buffer.from('<a><?b?></a>'), limits.metadata).root;
  assert.throws(() => rebuild(metadata), {
    name: 'TypeError',
    message: 'A message has no processing instructions.',
  });
});
