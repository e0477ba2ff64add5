import { readDateTime } from '../date-time.ts';
import { namespaces } from '../names.ts';
import { attributesOf, type AttributeValues, Content } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { readIssuer } from './issuer.ts';
import { requireVersion } from './simple-types.ts';
import { readStatus, type Status } from './status.ts';

/** What every message says of itself (saml-core 3.2.1, 3.2.2). `issueInstant` is epoch milliseconds. */
export type MessageHeader = {
  id: string;
  issueInstant: number;
  issuer?: string;
  destination?: string;
  consent?: string;
};

/** A message after its header: what it says of itself, its other attributes, and the content that follows. */
type Begun<Name extends string> = {
  header: MessageHeader;
  values: AttributeValues<never, Name>;
  content: Content;
};

const { assertion, protocol, signature } = namespaces;

/**
 * Reads what requests begin with (saml-core 3.2.1). A Signature at its slot is judged elsewhere and passed over here;
 * Extensions are opaque.
 *
 * @param more the attributes that this kind of request has beside those of every request, all optional
 */
export function readRequestHeader<Name extends string>(
  root: XmlElement,
  more: readonly Name[] = [],
): Begun<Name> {
  const values = attributesOf(root, {
    required: ['ID', 'Version', 'IssueInstant'],
    optional: ['Destination', 'Consent', ...more],
  });
  requireVersion(values.Version);
  const content = new Content(root);
  const issuer = content.optional({ namespace: assertion, local: 'Issuer' });
  content.optional({ namespace: signature, local: 'Signature' });
  content.optional({ namespace: protocol, local: 'Extensions' });
  const header: MessageHeader = {
    id: values.ID,
    issueInstant: readDateTime(values.IssueInstant),
    ...(values.Destination === undefined ? {} : { destination: values.Destination }),
    ...(values.Consent === undefined ? {} : { consent: values.Consent }),
    ...(issuer === undefined ? {} : { issuer: readIssuer(issuer) }),
  };
  return { header, values, content };
}

/** What every answer says of itself, and how what it answers went (saml-core 3.2.2). */
export type AnswerHeader = MessageHeader & { inResponseTo?: string; status: Status };

/** Reads what answers begin with (saml-core 3.2.2), up to and with the Status. */
export function readAnswerHeader(root: XmlElement): { header: AnswerHeader; content: Content } {
  const { header, values, content } = readRequestHeader(root, ['InResponseTo']);
  const status = readStatus(content.one({ namespace: protocol, local: 'Status' }));
  return {
    header: {
      ...header,
      ...(values.InResponseTo === undefined ? {} : { inResponseTo: values.InResponseTo }),
      status,
    },
    content,
  };
}
