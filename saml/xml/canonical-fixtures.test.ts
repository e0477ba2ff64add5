import assert from 'node:assert/strict';
import type { Buffer } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { CanonicalCase } from '../fixtures/write-c14n.ts';
import { limits } from '../limits.ts';
import { canonicalize } from './canonical.ts';
import { readXml } from './reader.ts';
import type { XmlElement } from './tree.ts';

const folder = new URL('../fixtures/c14n/', import.meta.url);

/** The path from the root to the element that comes at this place in document order. */
function pathTo(root: XmlElement, index: number): XmlElement[] {
  let seen = 0;
  const visit = (element: XmlElement, path: XmlElement[]): XmlElement[] | undefined => {
    if (seen++ === index) return [...path, element];
    for (const child of element.children) {
      if (typeof child === 'string' || child.kind !== 'element') continue;
      const found = visit(child, [...path, element]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return visit(root, []) ?? assert.fail();
}

describe('canonical form', () => {
  const names = readdirSync(folder);
  assert.ok(names.length > 40);
  for (const name of names) {
    test(name.replaceAll('-', ' '), () => {
      const read = (file: string): Buffer => readFileSync(new URL(`${name}/${file}`, folder));
      const { apex, method, prefixes }: CanonicalCase = JSON.parse(read('case.json').toString());
      const path = pathTo(readXml(read('input.xml'), limits.metadata).root, apex);
      const canonical = canonicalize(path.at(-1) ?? assert.fail(), {
        method,
        ...(prefixes === undefined
          ? {}
          : { prefixes: prefixes.map((prefix) => (prefix === '#default' ? '' : prefix)) }),
        ancestors: path.slice(0, -1),
      });
      assert.equal(canonical, read('canonical.xml').toString());
    });
  }
});
