import type { CompatibilitySwitch } from '../compatibility.ts';
import { readDateTime, writeDateTime } from '../date-time.ts';
import type { Decryption } from '../encryption/decrypt.ts';
import type { Encryption } from '../encryption/encrypt.ts';
import { namespaces } from '../names.ts';
import { reject } from '../rejection.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, childElements, Content } from '../xml/content.ts';
import { nameText, type XmlElement } from '../xml/tree.ts';
import {
  type Attribute,
  mergeAttributes,
  readAttributeStatement,
  readEncryptedAttribute,
  writeAttributeStatement,
} from './attribute-statement.ts';
import {
  type AuthnStatement,
  readAuthnStatement,
  writeAuthnStatement,
  type WriteAuthnStatementInput,
} from './authn-statement.ts';
import { type Conditions, readConditions, writeConditions } from './conditions.ts';
import { readIssuer, writeIssuer } from './issuer.ts';
import type { NameId } from './name-id.ts';
import { requireVersion } from './simple-types.ts';
import { readSubject, type Subject, writeBearerSubject } from './subject.ts';

/** What an identity provider states about a subject (saml-core 2.3.3). Instants are epoch milliseconds. */
export type Assertion = {
  id: string;
  issueInstant: number;
  issuer: string;
  subject?: Subject;
  conditions?: Conditions;
  authnStatements: AuthnStatement[];
  attributes: Attribute[];
};

const { assertion } = namespaces;

/** Each needs the private key, which takes about thirty times as long as verifying a signature. */
const mostEncryptedAttributes = 8;

/** What reading an assertion may need: the peer's exceptions; and without a key, what is encrypted in it is refused. */
export type AssertionReading = { allow?: readonly CompatibilitySwitch[]; decryption?: Decryption };

const noDecryption: Decryption = { keys: [], ciphertext: 'verified' };

/** Reads an assertion from verified octets, where its own Signature is gone. */
export function readAssertion(root: XmlElement, reading: AssertionReading = {}): Assertion {
  const { allow = [], decryption = noDecryption } = reading;
  const { ID, IssueInstant, Version } = attributesOf(root, { required: ['ID', 'IssueInstant', 'Version'] });
  requireVersion(Version);
  const content = new Content(root);
  const issuer = readIssuer(content.one({ namespace: assertion, local: 'Issuer' }));
  const subject = content.optional({ namespace: assertion, local: 'Subject' });
  const conditions = content.optional({ namespace: assertion, local: 'Conditions' });
  const advice = content.optional({ namespace: assertion, local: 'Advice' });
  if (advice !== undefined && !allow.includes('nested-assertions')) refuseNestedAssertions(advice);
  return {
    id: ID,
    issueInstant: readDateTime(IssueInstant),
    issuer,
    ...(subject === undefined ? {} : { subject: readSubject(subject, decryption) }),
    ...(conditions === undefined ? {} : { conditions: readConditions(conditions) }),
    ...readStatements(content, { allow, decryption }),
  };
}

/** Advice may be passed over (saml-core 2.6.1); an assertion within one is where forged ones are hidden. */
function refuseNestedAssertions(advice: XmlElement): void {
  attributesOf(advice, {});
  for (const child of childElements(advice)) {
    if (
      child.namespace === assertion &&
      (child.local === 'Assertion' || child.local === 'EncryptedAssertion')
    ) {
      reject('assertion-nested', { actual: nameText(child) });
    }
  }
}

/** Statements come in any order and number. An authorization decision is opaque and never read. */
function readStatements(
  content: Content,
  { allow, decryption }: Required<AssertionReading>,
): Pick<Assertion, 'authnStatements' | 'attributes'> {
  const authnStatements: AuthnStatement[] = [];
  const attributes: Attribute[] = [];
  const mayBeEmpty = allow.includes('empty-attribute-statement');
  let encrypted = 0;
  const readEncrypted = (element: XmlElement): Attribute => {
    if (++encrypted > mostEncryptedAttributes) {
      reject('encryption-too-many-keys', {
        expected: `at most ${mostEncryptedAttributes} encrypted attributes`,
      });
    }
    return readEncryptedAttribute(element, decryption);
  };
  for (let child = content.take(); child !== undefined; child = content.take()) {
    if (child.namespace === assertion && child.local === 'AuthnStatement') {
      authnStatements.push(readAuthnStatement(child));
    } else if (child.namespace === assertion && child.local === 'AttributeStatement') {
      attributes.push(...readAttributeStatement(child, readEncrypted, mayBeEmpty));
    } else if (child.namespace !== assertion || child.local !== 'AuthzDecisionStatement') {
      reject('element-unexpected', { expected: 'a statement', actual: nameText(child) });
    }
  }
  return { authnStatements, attributes: mergeAttributes(attributes) };
}

export type WriteAssertionInput = {
  id: string;
  issuer: string;
  issueInstant: number;
  nameId: NameId;
  nameIdEncryption?: Encryption;
  recipient: string;
  inResponseTo?: string;
  audience: string;
  notBefore: number;
  notOnOrAfter: number;
  attributes: readonly Attribute[];
  authnStatement: Omit<WriteAuthnStatementInput, 'sessionIndex'>;
};

/** A bearer assertion for web sign-in; the session index is the assertion's ID. An empty attribute list makes no statement. */
export function writeAssertion(input: WriteAssertionInput): BuiltElement {
  const { notBefore, notOnOrAfter } = input;
  return element(
    { namespace: assertion, local: 'Assertion' },
    { ID: input.id, IssueInstant: writeDateTime(input.issueInstant), Version: '2.0' },
    [
      writeIssuer(input.issuer),
      writeBearerSubject({
        nameId: input.nameId,
        ...(input.nameIdEncryption === undefined ? {} : { nameIdEncryption: input.nameIdEncryption }),
        notOnOrAfter,
        recipient: input.recipient,
        ...(input.inResponseTo === undefined ? {} : { inResponseTo: input.inResponseTo }),
      }),
      writeConditions({ notBefore, notOnOrAfter, audiences: [input.audience] }),
      ...(input.attributes.length === 0 ? [] : [writeAttributeStatement(input.attributes)]),
      writeAuthnStatement({ ...input.authnStatement, sessionIndex: input.id }),
    ],
  );
}
