import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltChild, element } from '../xml/build.ts';
import { attributesOf, childElements, Content, textOf } from '../xml/content.ts';
import { isNamed, nameText, type XmlElement, type XmlName } from '../xml/tree.ts';
import { writeXml } from '../xml/write.ts';

const malformed = 'soap-malformed';

/** The headers of an HTTP request that carries SAML in SOAP (saml-bindings 3.2.3). */
export const soapHeaders = {
  'content-type': 'text/xml; charset=utf-8',
  soapaction: '"http://www.oasis-open.org/committees/security"',
} as const;

/**
 * The one message in a SOAP 1.1 envelope (saml-bindings 3.2.2). Entries of the header are passed over, as SAML asks for none;
 * one that must be understood refuses, and so does a fault in place of the message.
 *
 * @param envelope the root of a document that the reader read
 */
export function readSoapMessage(envelope: XmlElement): XmlElement {
  requireName(envelope, soap('Envelope'));
  attributesOf(envelope, { open: true }, malformed);
  const parts = new Content(envelope, malformed);
  const header = parts.optional(soap('Header'));
  const body = parts.one(soap('Body'));
  parts.end();
  if (header !== undefined) passOverHeader(header);
  attributesOf(body, { open: true }, malformed);
  const content = new Content(body, malformed);
  const message = content.take() ?? reject(malformed, { expected: 'a message in Body', actual: 'nothing' });
  content.end();
  if (isNamed(message, soap('Fault'))) refuseFault(message);
  return message;
}

function passOverHeader(header: XmlElement): void {
  attributesOf(header, { open: true }, malformed);
  for (const entry of childElements(header, malformed)) {
    const must = entry.attributes.find((each) => isNamedAttribute(each, 'mustUnderstand'));
    if (must !== undefined && must.value !== '0') reject('soap-must-understand', { actual: nameText(entry) });
  }
}

function isNamedAttribute(attribute: XmlName, local: string): boolean {
  return attribute.namespace === namespaces.soap && attribute.local === local;
}

/** A fault says in two texts of no namespace what went wrong (SOAP 1.1 section 4.4). */
function refuseFault(fault: XmlElement): never {
  const content = new Content(fault, malformed);
  const code = content.one({ namespace: '', local: 'faultcode' });
  const text = content.one({ namespace: '', local: 'faultstring' });
  return reject('soap-fault', { actual: `${textOf(code, malformed)}: ${textOf(text, malformed)}` });
}

function requireName(given: XmlElement, expected: XmlName): void {
  if (!isNamed(given, expected)) reject(malformed, { expected: nameText(expected), actual: nameText(given) });
}

/** An envelope around one message, as text. */
export function writeSoapMessage(message: BuiltChild): string {
  return writeXml(
    element({ ...soap('Envelope'), prefix: 'soap' }, {}, [
      element({ ...soap('Body'), prefix: 'soap' }, {}, [message]),
    ]),
  );
}

/**
 * An envelope that says the request could not be taken (SOAP 1.1 section 4.4). What is wrong with a message of SAML is said in
 * its answer; a fault is for what is no such message (saml-bindings 3.2.2.1).
 *
 * @param fault `client` where the request is at fault, `server` where this side is
 * @example response.writeHead(500, soapHeaders).end(writeSoapFault({ at: 'server', says: 'Try again later.' }));
 */
export function writeSoapFault(fault: { at: 'client' | 'server'; says: string }): string {
  return writeSoapMessage(
    element({ ...soap('Fault'), prefix: 'soap' }, {}, [
      element({ namespace: '', local: 'faultcode' }, {}, [
        fault.at === 'client' ? 'soap:Client' : 'soap:Server',
      ]),
      element({ namespace: '', local: 'faultstring' }, {}, [fault.says]),
    ]),
  );
}

function soap(local: string): XmlName {
  return { namespace: namespaces.soap, local };
}
