import { oneOf, requireValue } from '../messages/simple-types.ts';
import { namespaces } from '../names.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content, textOf } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';

const types = ['technical', 'support', 'administrative', 'billing', 'other'] as const;

/** Whom to turn to about an entity or a role (saml-metadata 2.3.2.2). Texts are as they were written, for people only. */
export type ContactPerson = {
  type: (typeof types)[number];
  company?: string;
  givenName?: string;
  surname?: string;
  /** Often with `mailto:` in front. */
  emailAddresses: string[];
  telephoneNumbers: string[];
};

const { metadata } = namespaces;
const md = (local: string) => ({ namespace: metadata, local });

export function readContactPerson(contact: XmlElement): ContactPerson {
  const { contactType } = attributesOf(contact, { required: ['contactType'], open: true });
  const content = new Content(contact);
  content.optional(md('Extensions'));
  const company = textIn(content.optional(md('Company')));
  const givenName = textIn(content.optional(md('GivenName')));
  const surname = textIn(content.optional(md('SurName')));
  const emails = content.many(md('EmailAddress'));
  const telephones = content.many(md('TelephoneNumber'));
  content.end();
  return {
    type: oneOf(contactType, types),
    ...(company === undefined ? {} : { company }),
    ...(givenName === undefined ? {} : { givenName }),
    ...(surname === undefined ? {} : { surname }),
    emailAddresses: emails.map((email) => textOf(email)),
    telephoneNumbers: telephones.map((telephone) => textOf(telephone)),
  };
}

/** Products write empty elements where they know nothing. */
function textIn(child: XmlElement | undefined): string | undefined {
  return child === undefined ? undefined : textOf(child) || undefined;
}

export function writeContactPerson(contact: ContactPerson): BuiltElement {
  const { company, givenName, surname } = contact;
  return element(md('ContactPerson'), { contactType: oneOf(contact.type, types) }, [
    company === undefined ? undefined : text('Company', company),
    givenName === undefined ? undefined : text('GivenName', givenName),
    surname === undefined ? undefined : text('SurName', surname),
    ...contact.emailAddresses.map((email) => text('EmailAddress', email)),
    ...contact.telephoneNumbers.map((telephone) => text('TelephoneNumber', telephone)),
  ]);
}

function text(local: string, value: string): BuiltElement {
  return element(md(local), {}, [requireValue(value, local)]);
}
