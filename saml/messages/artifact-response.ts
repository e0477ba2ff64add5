import { writeDateTime } from '../date-time.ts';
import { namespaces } from '../names.ts';
import { type BuiltChild, element } from '../xml/build.ts';
import type { XmlElement } from '../xml/tree.ts';
import { writeIssuer } from './issuer.ts';
import { type AnswerHeader, readAnswerHeader } from './message-header.ts';
import { writeStatus } from './status.ts';

/** The message an artifact stood for, of whatever kind; none where the artifact is not known (saml-core 3.5.2). */
export type ArtifactResponse = AnswerHeader & { message?: XmlElement };

/** Reads the answer around a message. A Signature at its slot is judged elsewhere and passed over here. */
export function readArtifactResponseElement(root: XmlElement): ArtifactResponse {
  const { header, content } = readAnswerHeader(root);
  const message = content.take();
  content.end();
  return { ...header, ...(message === undefined ? {} : { message }) };
}

/** Everything an answer says; `issueInstant` is epoch milliseconds. */
export type WriteArtifactResponseInput = {
  id: string;
  issueInstant: number;
  issuer: string;
  inResponseTo: string;
  status: { code: string; subCode?: string; message?: string };
  message?: BuiltChild;
};

/** An answer with the message that an artifact stood for, or with none (saml-core 3.5.2). */
export function writeArtifactResponse(input: WriteArtifactResponseInput) {
  return element(
    { namespace: namespaces.protocol, local: 'ArtifactResponse', prefix: 'samlp' },
    {
      ID: input.id,
      InResponseTo: input.inResponseTo,
      IssueInstant: writeDateTime(input.issueInstant),
      Version: '2.0',
    },
    [writeIssuer(input.issuer), writeStatus(input.status), input.message],
  );
}
