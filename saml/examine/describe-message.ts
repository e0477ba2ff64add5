import { limits } from '../limits.ts';
import { namespaces } from '../names.ts';
import { SamlRejection } from '../rejection.ts';
import { readXml } from '../xml/reader.ts';
import { isNamed, nameText, type XmlElement } from '../xml/tree.ts';
import { describeAssertion } from './describe-assertion.ts';
import { describeLargeAggregate, describeMetadata } from './describe-metadata.ts';
import { describeProtocol, isMessage } from './describe-protocol.ts';
import { childOf, type DescribedPart, elementsOf } from './description.ts';
import { rootNameOf } from './message-type.ts';
import { printXml } from './print-xml.ts';

/** What a document says by itself. Nothing of it is verified. */
export type MessageDescription = {
  /** Empty where it is no SAML that is known here; `root` says what it is then. */
  parts: DescribedPart[];
  root: string;
  /** Indented for reading; empty where it is too large for that. */
  xml: string;
  /** What the engine objects to in the text itself, though it could be read for showing. */
  objection?: SamlRejection;
};

/**
 * Describes a document: SAML messages, metadata, SOAP around them. It is read as strictly as always, save that comments
 * between elements are passed over and reported.
 *
 * @throws SamlRejection where it is no XML of the accepted subset
 * @example const { parts, xml } = describeMessage(decodePost({ SAMLResponse }).octets);
 */
export function describeMessage(octets: Uint8Array): MessageDescription {
  if (octets.length > limits.metadata.octets && rootNameOf(octets) === 'EntitiesDescriptor') {
    return { parts: describeLargeAggregate(octets), root: 'EntitiesDescriptor', xml: '' };
  }
  const { root, objection } = readForShowing(octets);
  return {
    parts: describe(root),
    root: nameText(root),
    xml: printXml(root),
    ...(objection === undefined ? {} : { objection }),
  };
}

function readForShowing(octets: Uint8Array): { root: XmlElement; objection?: SamlRejection } {
  try {
    return { root: readXml(octets, limits.message).root };
  } catch (error) {
    if (!(error instanceof SamlRejection)) throw error;
    const { root } = readXml(octets, limits.metadata);
    const isMetadata = root.namespace === namespaces.metadata;
    return isMetadata ? { root } : { root, objection: error };
  }
}

const soapEnvelope = 'http://schemas.xmlsoap.org/soap/envelope/';

function describe(root: XmlElement): DescribedPart[] {
  if (root.namespace === namespaces.metadata) return describeMetadata(root);
  if (isMessage(root)) return describeProtocol(root);
  if (isNamed(root, { namespace: namespaces.assertion, local: 'Assertion' }))
    return [describeAssertion(root)];
  if (!isNamed(root, { namespace: soapEnvelope, local: 'Envelope' })) return [];
  return elementsOf(childOf(root, { namespace: soapEnvelope, local: 'Body' })).flatMap(describe);
}
