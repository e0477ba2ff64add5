import type { CompatibilitySwitch } from '../compatibility.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { isNamed, nameText, type XmlElement, type XmlName } from '../xml/tree.ts';

export const signatureName: XmlName = { namespace: namespaces.signature, local: 'Signature' };
const issuerName: XmlName = { namespace: namespaces.assertion, local: 'Issuer' };
const assertionName: XmlName = { namespace: namespaces.assertion, local: 'Assertion' };

/** The elements that the schemas give a place for a signature. */
const owners: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [namespaces.assertion, new Set(['Assertion'])],
  [
    namespaces.protocol,
    new Set([
      'Response',
      'AuthnRequest',
      'LogoutRequest',
      'LogoutResponse',
      'ArtifactResolve',
      'ArtifactResponse',
    ]),
  ],
  [
    namespaces.metadata,
    new Set([
      'EntitiesDescriptor',
      'EntityDescriptor',
      'AffiliationDescriptor',
      'RoleDescriptor',
      'IDPSSODescriptor',
      'SPSSODescriptor',
      'AuthnAuthorityDescriptor',
      'AttributeAuthorityDescriptor',
      'PDPDescriptor',
    ]),
  ],
]);

/**
 * Every signature of a document by the element it stands in. One anywhere else than at its slot in the schema, or a
 * second one, refuses the whole document: a signature that nothing rests on has no business in it.
 */
export function locateSignatures(
  root: XmlElement,
  peer: { allow?: readonly CompatibilitySwitch[] } = {},
): Map<XmlElement, XmlElement> {
  const lastAllowed = (peer.allow ?? []).includes('signature-last');
  const found = new Map<XmlElement, XmlElement>();
  if (isNamed(root, signatureName)) reject('signature-misplaced', { actual: 'the root' });
  const waiting: { owner: XmlElement; inSignature: boolean }[] = [{ owner: root, inSignature: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { owner, inSignature } = next;
    const children: XmlElement[] = [];
    for (const child of owner.children) {
      if (typeof child !== 'string' && child.kind === 'element') children.push(child);
    }
    for (const [index, child] of children.entries()) {
      const isSignature = isNamed(child, signatureName);
      waiting.push({ owner: child, inSignature: inSignature || isSignature });
      if (!isSignature) continue;
      const last = lastAllowed && index === children.length - 1;
      const legal = isOwner(owner) && (last || isSlot(owner, children, index)) && !found.has(owner);
      // What lies inside a signature is left out of what it signs.
      if (inSignature || !legal) {
        reject('signature-misplaced', { actual: `child ${index + 1} of ${nameText(owner)}` });
      }
      found.set(owner, child);
    }
  }
  return found;
}

function isOwner(element: XmlElement): boolean {
  return owners.get(element.namespace)?.has(element.local) === true;
}

/** Behind the Issuer where there is one, which in an assertion is always; else first (saml-core 2.3.3, 3.2.1, 3.2.2). */
function isSlot(owner: XmlElement, children: readonly XmlElement[], index: number): boolean {
  const [first, second] = children;
  if (index === 1) return first !== undefined && isNamed(first, issuerName);
  if (index !== 0 || isNamed(owner, assertionName)) return false;
  return second === undefined || !isNamed(second, issuerName);
}
