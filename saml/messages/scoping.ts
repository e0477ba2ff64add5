import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { nonNegativeIntegerOf, requireValue, valueOf } from './simple-types.ts';

/** Who may authenticate, and how far the request may be passed on (saml-core 3.4.1.2). */
export type Scoping = {
  /** How often the request may be passed on to another identity provider; 0 is never, absent is without limit. */
  proxyCount?: number;
  /** The identity providers the requester prefers, the preferred first. It is advice. */
  idpList?: IdpList;
  /** On whose behalf the requester asks, the first requester first. */
  requesterIds: string[];
};

/** Nobody here fetches `getComplete`, the address of the complete list (saml-core 3.4.1.3). */
export type IdpList = { entries: IdpEntry[]; getComplete?: string };

/** One identity provider (saml-core 3.4.1.3.1): its entity ID, a name for people, an address that is advice. */
export type IdpEntry = { providerId: string; name?: string; loc?: string };

const { protocol } = namespaces;
const idpList = { namespace: protocol, local: 'IDPList' };
const idpEntry = { namespace: protocol, local: 'IDPEntry' };
const getComplete = { namespace: protocol, local: 'GetComplete' };
const requesterId = { namespace: protocol, local: 'RequesterID' };

export function readScoping(scoping: XmlElement): Scoping {
  const proxyCount = nonNegativeIntegerOf(attributesOf(scoping, { optional: ['ProxyCount'] }).ProxyCount);
  const content = new Content(scoping);
  const list = content.optional(idpList);
  const requesters = content.many(requesterId);
  content.end();
  return {
    ...(proxyCount === undefined ? {} : { proxyCount }),
    ...(list === undefined ? {} : { idpList: readIdpList(list) }),
    requesterIds: requesters.map(plainText),
  };
}

function readIdpList(list: XmlElement): IdpList {
  attributesOf(list, {});
  const content = new Content(list);
  const entries = [content.one(idpEntry), ...content.many(idpEntry)];
  const complete = content.optional(getComplete);
  content.end();
  return {
    entries: entries.map(readIdpEntry),
    ...(complete === undefined ? {} : { getComplete: plainText(complete) }),
  };
}

function readIdpEntry(entry: XmlElement): IdpEntry {
  const { ProviderID, Name, Loc } = attributesOf(entry, {
    required: ['ProviderID'],
    optional: ['Name', 'Loc'],
  });
  new Content(entry).end();
  return {
    providerId: requireValue(ProviderID, 'ProviderID'),
    ...(Name === undefined ? {} : { name: Name }),
    ...(Loc === undefined ? {} : { loc: Loc }),
  };
}

function plainText(of: XmlElement): string {
  attributesOf(of, {});
  return valueOf(of);
}

export function writeScoping(scoping: Scoping): BuiltElement {
  const proxyCount = scoping.proxyCount === undefined ? undefined : `${scoping.proxyCount}`;
  // What the reader would refuse is not written.
  nonNegativeIntegerOf(proxyCount);
  return element(samlp('Scoping'), { ProxyCount: proxyCount }, [
    scoping.idpList === undefined ? undefined : writeIdpList(scoping.idpList),
    ...scoping.requesterIds.map((id) => element(samlp('RequesterID'), {}, [requireValue(id, 'RequesterID')])),
  ]);
}

function writeIdpList(list: IdpList): BuiltElement {
  if (list.entries.length === 0) reject('element-missing', { expected: 'IDPEntry' });
  return element(samlp('IDPList'), {}, [
    ...list.entries.map(({ providerId, name, loc }) =>
      element(
        samlp('IDPEntry'),
        { Loc: loc, Name: name, ProviderID: requireValue(providerId, 'ProviderID') },
        [],
      ),
    ),
    list.getComplete === undefined
      ? undefined
      : element(samlp('GetComplete'), {}, [requireValue(list.getComplete, 'GetComplete')]),
  ]);
}

function samlp(local: string) {
  return { namespace: protocol, local, prefix: 'samlp' };
}
