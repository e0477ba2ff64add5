import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { oneOf, requireValue, valueOf } from './simple-types.ts';

/** How the way of authenticating is held against those that were asked for (saml-core 3.3.2.2.1). */
export type Comparison = (typeof comparisons)[number];

/** How the person is to be authenticated (saml-core 3.3.2.2.1); the most preferred first. */
export type RequestedAuthnContext = {
  comparison: Comparison;
  classRefs: string[];
  /** Declarations asked for by reference, in the place of classes. */
  declRefs?: string[];
};

/** What is asked for when writing: classes or declarations, never both. The comparison is exact unless given. */
export type WriteRequestedAuthnContext = {
  comparison?: Comparison;
  classRefs?: readonly string[];
  declRefs?: readonly string[];
};

const comparisons = ['exact', 'minimum', 'maximum', 'better'] as const;
const { assertion, protocol } = namespaces;
const classRef = { namespace: assertion, local: 'AuthnContextClassRef' };
const declRef = { namespace: assertion, local: 'AuthnContextDeclRef' };

/** Without Comparison the comparison is exact. */
export function readRequestedAuthnContext(context: XmlElement): RequestedAuthnContext {
  const { Comparison = 'exact' } = attributesOf(context, { optional: ['Comparison'] });
  const comparison = oneOf(Comparison, comparisons);
  const content = new Content(context);
  const classRefs = content.many(classRef);
  const declRefs = classRefs.length > 0 ? [] : content.many(declRef);
  // The schema wants one reference at least; asking for the class names the lack.
  if (classRefs.length === 0 && declRefs.length === 0) content.one(classRef);
  content.end();
  return {
    comparison,
    classRefs: classRefs.map(plainText),
    ...(declRefs.length === 0 ? {} : { declRefs: declRefs.map(plainText) }),
  };
}

function plainText(reference: XmlElement): string {
  attributesOf(reference, {});
  return valueOf(reference);
}

/** Refuses with `element-missing` where nothing is asked for, with `element-unexpected` where both kinds are. */
export function writeRequestedAuthnContext(requested: WriteRequestedAuthnContext): BuiltElement {
  const { comparison, classRefs = [], declRefs = [] } = requested;
  if (classRefs.length === 0 && declRefs.length === 0)
    reject('element-missing', { expected: classRef.local });
  if (classRefs.length > 0 && declRefs.length > 0) reject('element-unexpected', { actual: declRef.local });
  return element(
    { namespace: protocol, local: 'RequestedAuthnContext', prefix: 'samlp' },
    { Comparison: comparison },
    [
      ...classRefs.map((uri) => element(classRef, {}, [requireValue(uri, classRef.local)])),
      ...declRefs.map((uri) => element(declRef, {}, [requireValue(uri, declRef.local)])),
    ],
  );
}
