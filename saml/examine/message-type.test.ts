import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageTypeOf, rootNameOf } from './message-type.ts';

const named = (text: string) => rootNameOf(Buffer.from(text));

test('the first tag names the root, whatever stands in front of it', () => {
  for (const before of [
    '',
    '\ufeff',
    '<?xml version="1.0"?>\r\n',
    '\t<!-- <a> -->\n<?b <c>?> ',
    ' '.repeat(200_000),
    '<!---->',
  ]) {
    for (const tag of ['<Response>', '<p:Response/>', '<p:Response\nID="">', '<Response', '<ä:Response >'])
      assert.equal(named(before + tag), 'Response', before + tag);
  }
});

test('what has no first tag has no name', () => {
  for (const text of ['', 'Response', '<!-- ', '<?xml', '\ufeff', '&lt;a>', ' \n'])
    assert.equal(named(text), undefined, text);
  assert.equal(named('<'.repeat(1000))?.length, 200);
});

test('the name says the kind, and metadata has two', () => {
  const typed = (text: string) => messageTypeOf(Buffer.from(text));
  for (const type of ['Response', 'AuthnRequest', 'LogoutRequest', 'LogoutResponse'])
    assert.equal(typed(`<samlp:${type} `), type);
  assert.equal(typed('<EntityDescriptor>'), 'Metadata');
  assert.equal(typed('<md:EntitiesDescriptor>'), 'Metadata');
  for (const text of ['<Assertion>', '<response>', '<__proto__>', '<html>', '<!DOCTYPE Response>'])
    assert.equal(typed(text), undefined, text);
});
