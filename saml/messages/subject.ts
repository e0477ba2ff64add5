import { confirmationMethods, namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { writeDateTime } from '../date-time.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import { nameText, type XmlElement } from '../xml/tree.ts';
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

export function readSubject(subject: XmlElement): Subject {
  attributesOf(subject, {});
  const content = new Content(subject);
  const nameId = takeIdentifier(content);
  const confirmations = content.many({ namespace: assertion, local: 'SubjectConfirmation' });
  content.end();
  if (nameId === undefined) reject('name-id-missing', { expected: 'NameID in Subject' });
  return { nameId, confirmations: confirmations.map(readConfirmation) };
}

/** NameID is the one identifier this profile takes; the two others of the schema are refused by name. */
function takeIdentifier(content: Content): NameId | undefined {
  const next = content.peek();
  if (next?.namespace === assertion && (next.local === 'BaseID' || next.local === 'EncryptedID')) {
    reject(next.local === 'BaseID' ? 'name-id-missing' : 'name-id-encrypted', {
      expected: 'NameID',
      actual: nameText(next),
    });
  }
  const nameId = content.optional({ namespace: assertion, local: 'NameID' });
  return nameId === undefined ? undefined : readNameId(nameId);
}

function readConfirmation(confirmation: XmlElement): SubjectConfirmation {
  const { Method } = attributesOf(confirmation, { required: ['Method'] });
  const content = new Content(confirmation);
  takeIdentifier(content);
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
  return element({ namespace: assertion, local: 'Subject' }, {}, [
    writeNameId(subject.nameId),
    element({ namespace: assertion, local: 'SubjectConfirmation' }, { Method: confirmationMethods.bearer }, [
      data,
    ]),
  ]);
}
