import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { elements, localName } from '../fuzz/places.ts';
import { SamlRejection } from '../rejection.ts';
import { readIdpMetadata } from './idp-metadata.ts';
import { readSpMetadata } from './sp-metadata.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/accepted/${name}/message.xml`, import.meta.url), 'utf8');

const documents = [
  { text: fixture('metadata-of-an-identity-provider-with-every-part'), read: readIdpMetadata },
  { text: fixture('metadata-of-a-service-provider-with-every-part'), read: readSpMetadata },
  { text: fixture('metadata-in-the-shape-of-simplesamlphp-as-service-provider'), read: readSpMetadata },
];

/** What an element takes beyond what it has: attributes without a namespace, attributes of others, elements of others. */
const open: Record<string, string> = {
  EntityDescriptor: 'foreign attributes',
  IDPSSODescriptor: 'foreign attributes',
  SPSSODescriptor: 'foreign attributes',
  KeyDescriptor: 'nothing',
  EncryptionMethod: 'elements',
  Organization: 'foreign attributes',
  OrganizationName: 'nothing',
  OrganizationDisplayName: 'nothing',
  OrganizationURL: 'nothing',
  ContactPerson: 'foreign attributes',
  SingleSignOnService: 'foreign attributes, elements',
  SingleLogoutService: 'foreign attributes, elements',
  ArtifactResolutionService: 'foreign attributes, elements',
  AssertionConsumerService: 'foreign attributes, elements',
  AttributeConsumingService: 'nothing',
  ServiceName: 'nothing',
  ServiceDescription: 'nothing',
  RequestedAttribute: 'foreign attributes',
};

/** Puts something into the start tag, or in front of the end tag, of the element from here to there. */
function withMore(text: string, { from, to }: { from: number; to: number }, more: string): string {
  const tag = /^<[^>]*>/.exec(text.slice(from))?.[0] ?? '';
  const isEmpty = tag.endsWith('/>');
  if (more.startsWith(' ')) {
    const at = from + tag.length - (isEmpty ? 2 : 1);
    return text.slice(0, at) + more + text.slice(at);
  }
  const name = /^<([^\s/>]+)/.exec(tag)?.[1] ?? '';
  const at = isEmpty ? to - 2 : text.slice(0, to).lastIndexOf('</');
  return isEmpty
    ? `${text.slice(0, at)}>${more}</${name}>${text.slice(to)}`
    : text.slice(0, at) + more + text.slice(at);
}

describe('every element of metadata that is read', () => {
  for (const [local, takes] of Object.entries(open)) {
    test(`${local} takes ${takes} that nobody described`, () => {
      let seen = 0;
      for (const { text, read } of documents) {
        const tryOut = (xml: string): boolean => {
          try {
            read(Buffer.from(xml));
            return true;
          } catch (error) {
            assert.ok(error instanceof SamlRejection, String(error));
            assert.match(error.code, /^(attribute|element)-unexpected$/);
            return false;
          }
        };
        for (const place of elements(text).filter(({ name }) => localName(name) === local)) {
          seen++;
          assert.equal(tryOut(withMore(text, place, ' Trusted="x"')), false);
          const foreign = tryOut(withMore(text, place, ' p:x="" xmlns:p="urn:p"'));
          assert.equal(foreign, takes.includes('foreign attributes'));
          const element = tryOut(withMore(text, place, '<x xmlns="urn:x"/>'));
          assert.equal(element, takes.includes('elements'));
        }
      }
      assert.ok(seen > 0);
    });
  }
});
