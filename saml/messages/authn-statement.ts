import { readDateTime, writeDateTime } from '../date-time.ts';
import { namespaces } from '../names.ts';
import { type BuiltElement, element } from '../xml/build.ts';
import { attributesOf, Content } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { instantOf, requireValue, valueOf } from './simple-types.ts';

/** When and how the subject signed in (saml-core 2.7.2). Instants are epoch milliseconds. */
export type AuthnStatement = {
  authnInstant: number;
  sessionIndex?: string;
  sessionNotOnOrAfter?: number;
  classRef?: string;
  /** A declaration by reference; one by value is opaque. */
  declRef?: string;
  /** Those who authenticated the subject where it was not the issuer, the last one last (saml-core 3.4.1.5.1). */
  authenticatingAuthorities?: string[];
};

const { assertion } = namespaces;

export function readAuthnStatement(statement: XmlElement): AuthnStatement {
  const values = attributesOf(statement, {
    required: ['AuthnInstant'],
    optional: ['SessionIndex', 'SessionNotOnOrAfter'],
  });
  const content = new Content(statement);
  const locality = content.optional({ namespace: assertion, local: 'SubjectLocality' });
  if (locality !== undefined) {
    attributesOf(locality, { optional: ['Address', 'DNSName'] });
    new Content(locality).end();
  }
  const context = readAuthnContext(content.one({ namespace: assertion, local: 'AuthnContext' }));
  content.end();
  const sessionNotOnOrAfter = instantOf(values.SessionNotOnOrAfter);
  return {
    authnInstant: readDateTime(values.AuthnInstant),
    ...(values.SessionIndex === undefined ? {} : { sessionIndex: values.SessionIndex }),
    ...(sessionNotOnOrAfter === undefined ? {} : { sessionNotOnOrAfter }),
    ...context,
  };
}

/** A declaration by value is opaque (saml-core 2.7.2.2). */
function readAuthnContext(
  context: XmlElement,
): Pick<AuthnStatement, 'classRef' | 'declRef' | 'authenticatingAuthorities'> {
  attributesOf(context, {});
  const content = new Content(context);
  const classRef = content.optional({ namespace: assertion, local: 'AuthnContextClassRef' });
  const declaration =
    content.optional({ namespace: assertion, local: 'AuthnContextDecl' }) ??
    content.optional({ namespace: assertion, local: 'AuthnContextDeclRef' });
  // The schema wants one of them at least; asking for the class names the lack.
  if ((classRef ?? declaration) === undefined) {
    content.one({ namespace: assertion, local: 'AuthnContextClassRef' });
  }
  const authorities = content.many({ namespace: assertion, local: 'AuthenticatingAuthority' });
  content.end();
  return {
    ...(classRef === undefined ? {} : { classRef: plainText(classRef) }),
    ...(declaration?.local === 'AuthnContextDeclRef' ? { declRef: plainText(declaration) } : {}),
    ...(authorities.length === 0 ? {} : { authenticatingAuthorities: authorities.map(plainText) }),
  };
}

function plainText(reference: XmlElement): string {
  attributesOf(reference, {});
  return valueOf(reference);
}

export type WriteAuthnStatementInput = {
  authnInstant: number;
  sessionIndex: string;
  sessionNotOnOrAfter?: number;
  classRef: string;
  declRef?: string;
  authenticatingAuthorities?: readonly string[];
};

export function writeAuthnStatement(statement: WriteAuthnStatementInput): BuiltElement {
  const { classRef, declRef, authenticatingAuthorities = [] } = statement;
  const context = element({ namespace: assertion, local: 'AuthnContext' }, {}, [
    reference('AuthnContextClassRef', classRef),
    declRef === undefined ? undefined : reference('AuthnContextDeclRef', declRef),
    ...authenticatingAuthorities.map((authority) => reference('AuthenticatingAuthority', authority)),
  ]);
  return element(
    { namespace: assertion, local: 'AuthnStatement' },
    {
      AuthnInstant: writeDateTime(statement.authnInstant),
      SessionIndex: statement.sessionIndex,
      SessionNotOnOrAfter:
        statement.sessionNotOnOrAfter === undefined
          ? undefined
          : writeDateTime(statement.sessionNotOnOrAfter),
    },
    [context],
  );
}

function reference(local: string, value: string): BuiltElement {
  return element({ namespace: assertion, local }, {}, [requireValue(value, local)]);
}
