import { limits } from '../limits.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { locateSignatures, signatureName } from '../signature/locate.ts';
import { attributesOf, isXmlSpace } from '../xml/content.ts';
import { detached } from '../xml/detached.ts';
import { readPieces } from '../xml/reader.ts';
import { textPieces } from '../xml/text-pieces.ts';
import { isNamed, nameText, type NamespaceScope, type XmlElement } from '../xml/tree.ts';
import { isAggregate } from './aggregate-octets.ts';
import { entityName } from './entity-descriptor.ts';
import { narrowest, readValidity, type Validity } from './validity.ts';

/** What an EntitiesDescriptor and those around it say about all that is in it (saml-metadata 2.3.1). */
export type AggregateStart = { name: string | undefined; validity: Validity; scope: NamespaceScope | null };

/** An entity, where it stands in the octets, the EntitiesDescriptor around it, and the outermost of all. */
type AggregatePiece = {
  entity: XmlElement;
  octets: { from: number; to: number };
  around: AggregateStart;
  root: AggregateStart;
};

const extensionsName = { namespace: namespaces.metadata, local: 'Extensions' } as const;

/** An EntitiesDescriptor that is open: what may still come in it depends on what has come. */
type Open = {
  element: XmlElement;
  start: AggregateStart;
  root: AggregateStart;
  comes: 'signature' | 'extensions' | 'entities';
  isEmpty: boolean;
};

/**
 * Reads the entities of an aggregate one by one against the content model of EntitiesDescriptor: a signature, Extensions,
 * then at least one entity or EntitiesDescriptor. Where it was verified, the root has no signature any more.
 */
export function* readAggregatePieces(
  octets: readonly Uint8Array[],
  { isVerified }: { isVerified: boolean },
): Generator<AggregatePiece, void> {
  const open: Open[] = [];
  for (const piece of readPieces(textPieces(octets), limits.metadata, isAggregate)) {
    const parent = open.at(-1);
    if (piece.kind === 'open') {
      if (parent !== undefined) countEntity(parent);
      const start = readStart(piece.container, parent);
      // What was signed is without its signature: one that is still there is a second one.
      const comes = isVerified && parent === undefined ? 'extensions' : 'signature';
      open.push({ element: piece.container, start, root: parent?.root ?? start, comes, isEmpty: true });
    } else if (piece.kind === 'close') {
      if (parent?.isEmpty === true) reject('element-missing', { expected: entityName.local });
      open.pop();
    } else if (piece.kind === 'between') {
      if (typeof piece.node === 'string' && !isXmlSpace(piece.node)) {
        reject('text-unexpected', { actual: piece.node });
      }
    } else if (parent !== undefined && takeChild(parent, piece.element)) {
      yield { entity: piece.element, octets: piece.octets, around: parent.start, root: parent.root };
    }
  }
}

function readStart(element: XmlElement, parent: Open | undefined): AggregateStart {
  const { Name, ...validity } = attributesOf(element, {
    optional: ['ID', 'Name', 'validUntil', 'cacheDuration'],
  });
  const around = { read: parent?.element.scope ?? null, kept: parent?.start.scope ?? null };
  return {
    name: Name,
    validity: narrowest(parent?.start.validity ?? {}, readValidity(validity)),
    scope: detachedScope(element.scope, around),
  };
}

/** Whether the next child is an entity; what may not come next is refused, and so are signatures that have no place. */
function takeChild(parent: Open, child: XmlElement): boolean {
  if (isNamed(child, signatureName)) {
    if (parent.comes !== 'signature') reject('signature-misplaced', { actual: 'behind other children' });
    locateSignatures({ ...parent.element, children: [child] });
    parent.comes = 'extensions';
    return false;
  }
  locateSignatures(child);
  if (isNamed(child, entityName)) {
    countEntity(parent);
    return true;
  }
  if (parent.comes === 'entities' || !isNamed(child, extensionsName)) {
    reject('element-unexpected', { expected: entityName.local, actual: nameText(child) });
  }
  parent.comes = 'entities';
  return false;
}

function countEntity(parent: Open): void {
  parent.comes = 'entities';
  parent.isEmpty = false;
}

/**
 * The same names in memory of their own: they outlive the text they were read from. Those that are in scope around it are
 * kept already, and are the same for all that is in there: one long name around thousands of groups is kept once.
 */
function detachedScope(
  scope: NamespaceScope | null,
  around: { read: NamespaceScope | null; kept: NamespaceScope | null },
): NamespaceScope | null {
  if (scope === around.read || scope === null) return around.kept;
  const { prefix, namespace, outer, size } = scope;
  return {
    prefix: detached(prefix),
    namespace: detached(namespace),
    outer: detachedScope(outer, around),
    size,
  };
}
