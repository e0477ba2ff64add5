import { writeDateTime } from '../date-time.ts';
import { namespaces } from '../names.ts';
import { element } from '../xml/build.ts';
import { attributesOf } from '../xml/content.ts';
import type { XmlElement } from '../xml/tree.ts';
import { writeIssuer } from './issuer.ts';
import { type MessageHeader, readRequestHeader } from './message-header.ts';
import { valueOf } from './simple-types.ts';

/** Asks for the message that an artifact stands for (saml-core 3.5.1). */
export type ArtifactResolve = MessageHeader & { artifact: string };

const { protocol } = namespaces;

/** Reads a request to resolve an artifact. A Signature at its slot is judged elsewhere and passed over here. */
export function readArtifactResolveElement(root: XmlElement): ArtifactResolve {
  const { header, content } = readRequestHeader(root);
  const artifact = content.one({ namespace: protocol, local: 'Artifact' });
  content.end();
  attributesOf(artifact, {});
  return { ...header, artifact: valueOf(artifact) };
}

/** Everything a request says; `issueInstant` is epoch milliseconds. */
export type WriteArtifactResolveInput = {
  id: string;
  issueInstant: number;
  issuer: string;
  destination: string;
  artifact: string;
};

/** A request for the message that an artifact stands for (saml-core 3.5.1). */
export function writeArtifactResolve(input: WriteArtifactResolveInput) {
  return element(
    { namespace: protocol, local: 'ArtifactResolve', prefix: 'samlp' },
    {
      Destination: input.destination,
      ID: input.id,
      IssueInstant: writeDateTime(input.issueInstant),
      Version: '2.0',
    },
    [
      writeIssuer(input.issuer),
      element({ namespace: protocol, local: 'Artifact', prefix: 'samlp' }, {}, [input.artifact]),
    ],
  );
}
