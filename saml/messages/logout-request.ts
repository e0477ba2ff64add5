import { writeDateTime } from '../date-time.ts';
import { encryptElement, type Encryption } from '../encryption/encrypt.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { element } from '../xml/build.ts';
import { attributesOf, type Content } from '../xml/content.ts';
import { nameText, type XmlElement } from '../xml/tree.ts';
import { writeIssuer } from './issuer.ts';
import { type MessageHeader, readRequestHeader } from './message-header.ts';
import { type NameId, readNameId, writeNameId } from './name-id.ts';
import { instantOf, requireValue, valueOf } from './simple-types.ts';

/** Whose sessions are to end (saml-core 3.7.1). An encrypted name is still an element: who has the key reads it. */
export type LogoutRequest = MessageHeader & {
  /** The first instant at which the request no longer holds, epoch milliseconds. */
  notOnOrAfter?: number;
  reason?: string;
  principal: { nameId: NameId } | { encryptedId: XmlElement };
  /** None: every session of the principal. */
  sessionIndexes: string[];
};

const { assertion, protocol } = namespaces;

/** Reads a request to end sessions. A Signature at its slot is judged elsewhere and passed over here. */
export function readLogoutRequestElement(root: XmlElement): LogoutRequest {
  const { header, values, content } = readRequestHeader(root, ['NotOnOrAfter', 'Reason']);
  const principal = readPrincipal(content);
  const indexes = content.many({ namespace: protocol, local: 'SessionIndex' });
  content.end();
  const notOnOrAfter = instantOf(values.NotOnOrAfter);
  return {
    ...header,
    ...(notOnOrAfter === undefined ? {} : { notOnOrAfter }),
    ...(values.Reason === undefined ? {} : { reason: values.Reason }),
    principal,
    sessionIndexes: indexes.map((index) => {
      attributesOf(index, {});
      return valueOf(index);
    }),
  };
}

/** One of three identifiers in the schema; a BaseID is of a type that nobody here knows. */
function readPrincipal(content: Content): LogoutRequest['principal'] {
  const next = content.peek();
  if (next?.namespace === assertion && next.local === 'BaseID') {
    reject('logout-identifier-unsupported', { expected: 'NameID or EncryptedID', actual: nameText(next) });
  }
  const encryptedId = content.optional({ namespace: assertion, local: 'EncryptedID' });
  if (encryptedId !== undefined) return { encryptedId };
  return { nameId: readNameId(content.one({ namespace: assertion, local: 'NameID' })) };
}

/** Everything a request says; instants are epoch milliseconds. */
export type WriteLogoutRequestInput = {
  id: string;
  issueInstant: number;
  issuer: string;
  destination: string;
  nameId: NameId;
  /** Whom the name is encrypted for; absent: it is not. */
  encryption?: Encryption;
  sessionIndexes?: readonly string[];
  notOnOrAfter?: number;
  reason?: string;
};

/** A request to end the sessions named, or every one of the principal where none is named (saml-core 3.7.1). */
export function writeLogoutRequest(input: WriteLogoutRequestInput) {
  const { encryption, notOnOrAfter, sessionIndexes = [] } = input;
  const nameId = writeNameId(input.nameId);
  return element(
    { namespace: protocol, local: 'LogoutRequest', prefix: 'samlp' },
    {
      Destination: input.destination,
      ID: input.id,
      IssueInstant: writeDateTime(input.issueInstant),
      NotOnOrAfter: notOnOrAfter === undefined ? undefined : writeDateTime(notOnOrAfter),
      Reason: input.reason,
      Version: '2.0',
    },
    [
      writeIssuer(input.issuer),
      encryption === undefined ? nameId : encryptElement('EncryptedID', nameId, encryption),
      ...sessionIndexes.map((index) =>
        element({ namespace: protocol, local: 'SessionIndex', prefix: 'samlp' }, {}, [
          requireValue(index, 'SessionIndex'),
        ]),
      ),
    ],
  );
}
