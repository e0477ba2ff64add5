import { artifactSourceId } from '../bindings/http-artifact.ts';
import type { ArtifactResponse } from '../messages/artifact-response.ts';
import { statusCodes } from '../names.ts';
import { type Check, unequal } from './check.ts';

/** An answer to an artifact, who sent it, and what it must answer; `issuers` absent: from whom is not checked. */
export type ArtifactFacts = {
  answer: ArtifactResponse;
  issuer: string;
  sourceId: string;
  requestId: string;
  issuers: readonly string[] | undefined;
};

/** The rules for the answer around a message (saml-core 3.5.2, saml-profiles 5.4.2). */
export const artifactChecks: readonly Check<ArtifactFacts>[] = [
  {
    code: 'artifact-issuer-mismatch',
    against: ({ issuer, issuers = [issuer] }) =>
      issuers.includes(issuer) ? undefined : { expected: issuers.join(' '), actual: issuer },
  },
  {
    // The artifact came through a browser: it may name another maker than the one it was resolved at.
    code: 'artifact-source-mismatch',
    against: ({ issuer, sourceId }) => unequal(sourceId, artifactSourceId(issuer)),
  },
  {
    code: 'artifact-in-response-to-mismatch',
    against: ({ answer: { inResponseTo }, requestId }) =>
      inResponseTo === requestId ? undefined : { expected: requestId, actual: inResponseTo },
  },
  {
    code: 'artifact-resolution-failed',
    against: ({ answer: { status } }) =>
      status.code === statusCodes.success
        ? undefined
        : { expected: statusCodes.success, actual: [status.code, ...status.subCodes].join(' ') },
  },
];
