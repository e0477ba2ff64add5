import { encryptElement, type Encryption } from '../encryption/encrypt.ts';
import { namespaces } from '../names.ts';
import { element, type BuiltElement } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { type NameId, readNameId, writeNameId } from './name-id.ts';

/**
 * Whom a request wants authenticated (saml-core 3.4.1). An encrypted name is still an element: who has the key reads it.
 * Where there is neither, the subject is named by a BaseID, of a type that nobody here knows, or not at all.
 */
export type RequestedSubject = {
  nameId?: NameId;
  encryptedId?: XmlElement;
  /** How those who bring the assertion would have to confirm it; web single sign-on allows no such wish. */
  confirmationMethods: string[];
};

export type WriteRequestedSubjectInput = { nameId: NameId; encryption?: Encryption };

const { assertion } = namespaces;

/** What stands in a confirmation is not read: a request that has one is good for nothing here (saml-profiles 4.1.4.1). */
export function readRequestedSubject(subject: XmlElement): RequestedSubject {
  attributesOf(subject, {});
  const content = new Content(subject);
  const identifier =
    content.optional({ namespace: assertion, local: 'NameID' }) ??
    content.optional({ namespace: assertion, local: 'EncryptedID' }) ??
    content.optional({ namespace: assertion, local: 'BaseID' });
  const confirmation = { namespace: assertion, local: 'SubjectConfirmation' };
  const confirmations = content.many(confirmation);
  // The schema wants a name or a confirmation; asking for the confirmation names the lack.
  if (identifier === undefined && confirmations.length === 0) content.one(confirmation);
  content.end();
  return {
    ...(identifier?.local === 'NameID' ? { nameId: readNameId(identifier) } : {}),
    ...(identifier?.local === 'EncryptedID' ? { encryptedId: identifier } : {}),
    confirmationMethods: confirmations.map((each) => attributesOf(each, { required: ['Method'] }).Method),
  };
}

/** With `encryption` only the identity provider can read the name. */
export function writeRequestedSubject({ nameId, encryption }: WriteRequestedSubjectInput): BuiltElement {
  const name = writeNameId(nameId);
  return element({ namespace: assertion, local: 'Subject' }, {}, [
    encryption === undefined ? name : encryptElement('EncryptedID', name, encryption),
  ]);
}
