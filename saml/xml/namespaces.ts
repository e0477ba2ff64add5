import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import type { NamespaceScope } from './tree.ts';

/** By themselves: what is read becomes the constant, which compares by one glance where a cut of the text would not. */
const familiar: ReadonlyMap<string, string> = new Map(Object.values(namespaces).map((name) => [name, name]));

// RFC 3986 with a scheme, as far as canonicalizers agree: without IP literals, and without the ampersand, which libxml2
// forgets to escape in a namespace declaration.
const absolute =
  /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/[A-Za-z0-9\-._~!$'()*+,;=%]+(?::[0-9]{1,5})?(?![^/?#])|(?!\/\/|#|$))[A-Za-z0-9\-._~:/?@!$'()*+,;=%]*(?:#[A-Za-z0-9\-._~:/?@!$'()*+,;=%]*)?$/;
const brokenEscape = /%(?![0-9A-Fa-f]{2})/;

/** A name is compared for every attribute that has it, but written in the document once. */
const longestName = 1024;

/**
 * Adds one declaration to a scope (Namespaces in XML 3 and 5). A relative namespace name is refused, because
 * canonicalization of it is undefined: implementations fail, and some then digest an empty text.
 */
export function declare(outer: NamespaceScope | null, prefix: string, namespace: string): NamespaceScope {
  if (prefix === 'xmlns' || namespace === namespaces.xmlns)
    reject('xml-namespace-reserved', { actual: prefix });
  if ((prefix === 'xml') !== (namespace === namespaces.xml)) {
    reject('xml-namespace-reserved', { actual: `${prefix}=${namespace}` });
  }
  if (namespace === '' && prefix !== '') reject('xml-namespace-reserved', { actual: `${prefix}=` });
  if (namespace.length > longestName) {
    reject('xml-too-large', { actual: `a namespace name of ${namespace.length} characters` });
  }
  const known = familiar.get(namespace);
  if (namespace !== '' && known === undefined && !isAbsolute(namespace)) {
    reject('xml-namespace-relative', { actual: namespace });
  }
  return { prefix, namespace: known ?? namespace, outer, size: (outer?.size ?? 0) + 1 };
}

function isAbsolute(namespace: string): boolean {
  return absolute.test(namespace) && !brokenEscape.test(namespace);
}

/** The namespace a prefix stands for: '' for the default namespace where there is none, undefined if undeclared. */
export function resolve(scope: NamespaceScope | null, prefix: string): string | undefined {
  for (let at = scope; at !== null; at = at.outer) if (at.prefix === prefix) return at.namespace;
  if (prefix === '') return '';
  return prefix === 'xml' ? namespaces.xml : undefined;
}
