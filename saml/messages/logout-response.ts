import { writeDateTime } from '../date-time.ts';
import { namespaces } from '../names.ts';
import { element } from '../xml/build.ts';
import type { XmlElement } from '../xml/tree.ts';
import { writeIssuer } from './issuer.ts';
import { type AnswerHeader, readAnswerHeader } from './message-header.ts';
import { writeStatus } from './status.ts';

/** How the ending of sessions went (saml-core 3.7.2). */
export type LogoutResponse = AnswerHeader;

/** Reads an answer to a request to end sessions. A Signature at its slot is judged elsewhere and passed over here. */
export function readLogoutResponseElement(root: XmlElement): LogoutResponse {
  const { header, content } = readAnswerHeader(root);
  content.end();
  return header;
}

/** Everything an answer says; `issueInstant` is epoch milliseconds. */
export type WriteLogoutResponseInput = {
  id: string;
  issueInstant: number;
  issuer: string;
  destination: string;
  inResponseTo: string;
  status: { code: string; subCode?: string; message?: string };
};

/** An answer to a request to end sessions (saml-core 3.7.2). */
export function writeLogoutResponse(input: WriteLogoutResponseInput) {
  return element(
    { namespace: namespaces.protocol, local: 'LogoutResponse', prefix: 'samlp' },
    {
      Destination: input.destination,
      ID: input.id,
      InResponseTo: input.inResponseTo,
      IssueInstant: writeDateTime(input.issueInstant),
      Version: '2.0',
    },
    [writeIssuer(input.issuer), writeStatus(input.status)],
  );
}
