import type { CompatibilitySwitch } from '../compatibility.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { isNamed, nameText, type XmlElement, type XmlName } from '../xml/tree.ts';

export const signatureName: XmlName = { namespace: namespaces.signature, local: 'Signature' };
const issuerName: XmlName = { namespace: namespaces.assertion, local: 'Issuer' };
const assertionName: XmlName = { namespace: namespaces.assertion, local: 'Assertion' };
const adviceName: XmlName = { namespace: namespaces.assertion, local: 'Advice' };

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

/** The answer to an artifact, the response in it and its assertion have three; each more is work for who has signed nothing. */
const mostSignatures = 8;

/**
 * Every signature of a document by the element it stands in. One anywhere else than at its slot in the schema, or a
 * second one, refuses the whole document: a signature that nothing rests on has no business in it. So do more than eight,
 * before any is verified: who collects genuine ones would choose how long it takes.
 *
 * With `nested-assertions` those inside the Advice of an assertion are not among them: they must have their place as any
 * other, but are others' signatures over what is never read, and vouch for nothing.
 */
export function locateSignatures(
  root: XmlElement,
  peer: { allow?: readonly CompatibilitySwitch[] } = {},
): Map<XmlElement, XmlElement> {
  const allow = peer.allow ?? [];
  const lastAllowed = allow.includes('signature-last');
  if (isNamed(root, signatureName)) reject('signature-misplaced', { actual: 'the root' });
  const advice: XmlElement[] = [];
  const found = signaturesIn([root], lastAllowed, allow.includes('nested-assertions') ? advice : undefined);
  const count = found.size + signaturesIn(advice, lastAllowed).size;
  if (count > mostSignatures) {
    reject('signature-too-many', { expected: `at most ${mostSignatures}`, actual: `${count}` });
  }
  return found;
}

/** The signatures in some elements; where `advice` is given, the Advice of assertions goes there and is not looked into. */
function signaturesIn(
  elements: readonly XmlElement[],
  lastAllowed: boolean,
  advice?: XmlElement[],
): Map<XmlElement, XmlElement> {
  const found = new Map<XmlElement, XmlElement>();
  const waiting: XmlElement[] = [...elements];
  for (let owner = waiting.pop(); owner !== undefined; owner = waiting.pop()) {
    for (const child of owner.children) {
      if (typeof child === 'string' || child.kind !== 'element') continue;
      if (isNamed(child, signatureName)) {
        if (found.has(owner) || !isLegal(owner, child, lastAllowed)) misplaced(owner, child);
        refuseInside(child);
        found.set(owner, child);
      } else if (advice !== undefined && isNamed(child, adviceName) && isNamed(owner, assertionName)) {
        advice.push(child);
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
