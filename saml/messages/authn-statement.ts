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
  const classRef = readAuthnContext(content.one({ namespace: assertion, local: 'AuthnContext' }));
  content.end();
  const sessionNotOnOrAfter = instantOf(values.SessionNotOnOrAfter);
  return {
    authnInstant: readDateTime(values.AuthnInstant),
    ...(values.SessionIndex === undefined ? {} : { sessionIndex: values.SessionIndex }),
    ...(sessionNotOnOrAfter === undefined ? {} : { sessionNotOnOrAfter }),
    ...(classRef === undefined ? {} : { classRef }),
  };
}

/** A declaration, by value or by reference, is opaque (saml-core 2.7.2.2). */
function readAuthnContext(context: XmlElement): string | undefined {
  attributesOf(context, {});
  const content = new Content(context);
  const classRef = content.optional({ namespace: assertion, local: 'AuthnContextClassRef' });
  const declaration =
    content.optional({ namespace: assertion, local: 'AuthnContextDecl' }) ??
    content.optional({ namespace: assertion, local: 'AuthnContextDeclRef' });
  // The schema wants one of them at least; asking for the class names the lack.
  if (classRef === undefined && declaration === undefined) {
    content.one({ namespace: assertion, local: 'AuthnContextClassRef' });
  }
  content.many({ namespace: assertion, local: 'AuthenticatingAuthority' });
  content.end();
  if (classRef === undefined) return undefined;
  attributesOf(classRef, {});
  return valueOf(classRef);
}

export function writeAuthnStatement(statement: {
  authnInstant: number;
  sessionIndex: string;
  sessionNotOnOrAfter?: number;
  classRef: string;
}): BuiltElement {
  const context = element({ namespace: assertion, local: 'AuthnContext' }, {}, [
    element({ namespace: assertion, local: 'AuthnContextClassRef' }, {}, [
      requireValue(statement.classRef, 'AuthnContextClassRef'),
    ]),
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
