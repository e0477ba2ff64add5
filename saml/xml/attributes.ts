import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { resolve } from './namespaces.ts';
import type { NamespaceScope } from './tree.ts';

/** An attribute whose namespace is still to be found out. */
export type OpenAttribute = { namespace: string; local: string; prefix: string; value: string };

/** Nothing is ever added to it; most elements have no attributes, and an array that grows takes room for many. */
export const noAttributes: OpenAttribute[] = [];

/** So few are compared with each other faster than any other way. */
const fewAttributes = 8;

/** Puts the namespaces in. Refuses prefixes that are not declared, and two attributes of one expanded name (Namespaces in XML 6.3). */
export function expandAttributes(attributes: OpenAttribute[], scope: NamespaceScope | null): void {
  const locals = attributes.length > fewAttributes ? new Set<string>() : undefined;
  for (let i = 0; i < attributes.length; i++) {
    const attribute = attributes[i];
    if (attribute === undefined) break;
    const { prefix, local } = attribute;
    // An unprefixed attribute is in no namespace, whatever the default namespace is (Namespaces in XML 6.2).
    const namespace = prefix === '' ? '' : resolve(scope, prefix);
    if (namespace === undefined) reject('xml-namespace-undeclared', { actual: `${prefix}:${local}` });
    if ((locals === undefined || locals.has(local)) && isAmong(attributes, i, namespace, local)) {
      reject('xml-attribute-duplicate', { actual: local });
    }
    locals?.add(local);
    attribute.namespace = namespace;
  }
}

/** Whether one of the attributes before `count` has this name. */
function isAmong(
  attributes: readonly OpenAttribute[],
  count: number,
  namespace: string,
  local: string,
): boolean {
  for (let i = 0; i < count; i++) {
    const earlier = attributes[i];
    if (earlier?.local === local && earlier.namespace === namespace) return true;
  }
  return false;
}

/** A set tells longer texts apart slowly: V8 makes no difference between very long ones of one length. */
export const longestId = 1024;

/** Attributes that are IDs wherever they stand: SAML writes `ID`, signatures and encryption `Id`, anyone `xml:id`. */
export function isId(namespace: string, local: string): boolean {
  if (namespace === '') return local === 'ID' || local === 'Id';
  return namespace === namespaces.xml && local === 'id';
}
