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
  const waiting: XmlElement[] = [root];
  for (let owner = waiting.pop(); owner !== undefined; owner = waiting.pop()) {
    for (const child of owner.children) {
      if (typeof child === 'string' || child.kind !== 'element') continue;
      if (isNamed(child, signatureName)) {
        if (found.has(owner) || !isLegal(owner, child, lastAllowed)) misplaced(owner, child);
        refuseInside(child);
        found.set(owner, child);
      } else {
        waiting.push(child);
      }
    }
  }
  return found;
}

/** What lies inside a signature is left out of what it signs: no other may be there, at whatever place. */
function refuseInside(signature: XmlElement): void {
  const waiting: XmlElement[] = [signature];
  for (let owner = waiting.pop(); owner !== undefined; owner = waiting.pop()) {
    for (const child of owner.children) {
      if (typeof child === 'string' || child.kind !== 'element') continue;
      if (isNamed(child, signatureName)) misplaced(owner, child);
      waiting.push(child);
    }
  }
}

function misplaced(owner: XmlElement, signature: XmlElement): never {
  const place = elementsIn(owner).indexOf(signature) + 1;
  reject('signature-misplaced', { actual: `child ${place} of ${nameText(owner)}` });
}

function isLegal(owner: XmlElement, signature: XmlElement, lastAllowed: boolean): boolean {
  if (!isOwner(owner)) return false;
  const children = elementsIn(owner);
  const index = children.indexOf(signature);
  return isSlot(owner, children, index) || (lastAllowed && index === children.length - 1);
}

function elementsIn(owner: XmlElement): XmlElement[] {
  return owner.children.filter((child) => typeof child !== 'string' && child.kind === 'element');
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
