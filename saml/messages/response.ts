import { readDateTime, writeDateTime } from '../date-time.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltChild, type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import { nameText, type XmlElement } from '../xml/tree.ts';
import { readIssuer, writeIssuer } from './issuer.ts';
import { requireVersion } from './simple-types.ts';
import { readStatus, type Status, writeStatus, type WriteStatusInput } from './status.ts';

/**
 * The message around assertions (saml-core 3.3.3). The assertions are still elements: each is judged by its signature, and
 * decrypted first where it is encrypted.
 */
export type Response = {
  id: string;
  issueInstant: number;
  destination?: string;
  inResponseTo?: string;
  issuer?: string;
  status: Status;
  assertions: XmlElement[];
  encryptedAssertions: XmlElement[];
};

const { assertion, protocol } = namespaces;

/** Reads the message around the assertions: from verified octets, where its own Signature is gone, or unsigned. */
export function readResponse(root: XmlElement): Response {
  const values = attributesOf(root, {
    required: ['ID', 'Version', 'IssueInstant'],
    optional: ['Destination', 'InResponseTo', 'Consent'],
  });
  requireVersion(values.Version);
  const content = new Content(root);
  const issuer = content.optional({ namespace: assertion, local: 'Issuer' });
  content.optional({ namespace: protocol, local: 'Extensions' });
  const status = readStatus(content.one({ namespace: protocol, local: 'Status' }));
  const assertions: XmlElement[] = [];
  const encryptedAssertions: XmlElement[] = [];
  for (let child = content.take(); child !== undefined; child = content.take()) {
    if (child.namespace === assertion && child.local === 'Assertion') assertions.push(child);
    else if (child.namespace === assertion && child.local === 'EncryptedAssertion')
      encryptedAssertions.push(child);
    else reject('element-unexpected', { expected: 'Assertion', actual: nameText(child) });
  }
  return {
    id: values.ID,
    issueInstant: readDateTime(values.IssueInstant),
    ...(values.Destination === undefined ? {} : { destination: values.Destination }),
    ...(values.InResponseTo === undefined ? {} : { inResponseTo: values.InResponseTo }),
    ...(issuer === undefined ? {} : { issuer: readIssuer(issuer) }),
    status,
    assertions,
    encryptedAssertions,
  };
}

export type WriteResponseInput = {
  id: string;
  issueInstant: number;
  destination: string;
  inResponseTo?: string;
  issuer: string;
  status: WriteStatusInput;
  assertion?: BuiltChild;
};

export function writeResponse(input: WriteResponseInput): BuiltElement {
  return element(
    { namespace: protocol, local: 'Response', prefix: 'samlp' },
    {
      Destination: input.destination,
      ID: input.id,
      InResponseTo: input.inResponseTo,
      IssueInstant: writeDateTime(input.issueInstant),
      Version: '2.0',
    },
    [
      writeIssuer(input.issuer),
      writeStatus(input.status),
      ...(input.assertion === undefined ? [] : [input.assertion]),
    ],
  );
}
