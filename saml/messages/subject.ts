import type { Decryption } from '../encryption/decrypt.ts';
import { encryptElement, type Encryption } from '../encryption/encrypt.ts';
import { confirmationMethods, namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { writeDateTime } from '../date-time.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import { isNamed, nameText, type XmlElement } from '../xml/tree.ts';
import { readEncryptedId } from './encrypted-id.ts';
import { type NameId, readNameId, writeNameId } from './name-id.ts';
import { instantOf } from './simple-types.ts';

/** Who the assertion is about, and how the one who brings it shows to be that (saml-core 2.4.1). */
export type Subject = { nameId: NameId; confirmations: SubjectConfirmation[] };

/** Instants are epoch milliseconds. */
export type SubjectConfirmation = {
  method: string;
  notBefore?: number;
  notOnOrAfter?: number;
  recipient?: string;
  inResponseTo?: string;
};

const { assertion } = namespaces;

export function readSubject(subject: XmlElement, decryption: Decryption): Subject {
  attributesOf(subject, {});
  const content = new Content(subject);
  const nameId = takeNameId(content, decryption);
  const confirmations = content.many({ namespace: assertion, local: 'SubjectConfirmation' });
  content.end();
  if (nameId === undefined) reject('name-id-missing', { expected: 'NameID in Subject' });
  return { nameId, confirmations: confirmations.map(readConfirmation) };
}

/** A NameID, plain or encrypted, is the one identifier this profile takes; a BaseID is refused by name. */
function takeNameId(content: Content, decryption: Decryption): NameId | undefined {
  refuseBaseId(content);
  const encryptedId = content.optional({ namespace: assertion, local: 'EncryptedID' });
  if (encryptedId !== undefined) return readEncryptedId(encryptedId, decryption);
  const nameId = content.optional({ namespace: assertion, local: 'NameID' });
  return nameId === undefined ? undefined : readNameId(nameId);
}

function refuseBaseId(content: Content): void {
  const next = content.peek();
  if (next !== undefined && isNamed(next, { namespace: assertion, local: 'BaseID' })) {
    reject('name-id-missing', { expected: 'NameID', actual: nameText(next) });
  }
}

/** Who confirms is never read, so it is not decrypted either. */
function skipConfirmer(content: Content): void {
  refuseBaseId(content);
  if (content.optional({ namespace: assertion, local: 'EncryptedID' }) !== undefined) return;
  const nameId = content.optional({ namespace: assertion, local: 'NameID' });
  if (nameId !== undefined) readNameId(nameId);
}

function readConfirmation(confirmation: XmlElement): SubjectConfirmation {
  const { Method } = attributesOf(confirmation, { required: ['Method'] });
  const content = new Content(confirmation);
  skipConfirmer(content);
  const data = content.optional({ namespace: assertion, local: 'SubjectConfirmationData' });
  content.end();
  if (data === undefined) return { method: Method };
  // Its content is open (saml-core 2.4.1.2) and never read; so are attributes of other namespaces.
  const values = attributesOf(data, {
    optional: ['NotBefore', 'NotOnOrAfter', 'Recipient', 'InResponseTo', 'Address'],
    open: true,
  });
  const notBefore = instantOf(values.NotBefore);
  const notOnOrAfter = instantOf(values.NotOnOrAfter);
  return {
    method: Method,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notOnOrAfter === undefined ? {} : { notOnOrAfter }),
    ...(values.Recipient === undefined ? {} : { recipient: values.Recipient }),
    ...(values.InResponseTo === undefined ? {} : { inResponseTo: values.InResponseTo }),
  };
}

/** A subject confirmed by bearing the assertion (saml-profiles 4.1.4.2). */
export function writeBearerSubject(subject: {
  nameId: NameId;
  nameIdEncryption?: Encryption;
  notOnOrAfter: number;
  recipient: string;
  inResponseTo?: string;
}): BuiltElement {
  const data = element(
    { namespace: assertion, local: 'SubjectConfirmationData' },
    {
      InResponseTo: subject.inResponseTo,
      NotOnOrAfter: writeDateTime(subject.notOnOrAfter),
      Recipient: subject.recipient,
    },
    [],
  );
  const nameId = writeNameId(subject.nameId);
  return element({ namespace: assertion, local: 'Subject' }, {}, [
    subject.nameIdEncryption === undefined
      ? nameId
      : encryptElement('EncryptedID', nameId, subject.nameIdEncryption),
    element({ namespace: assertion, local: 'SubjectConfirmation' }, { Method: confirmationMethods.bearer }, [
      data,
    ]),
  ]);
}
