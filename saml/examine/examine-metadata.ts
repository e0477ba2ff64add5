import type { ReadMetadataOptions } from '../metadata/entity-descriptor.ts';
import { readIdpMetadata } from '../metadata/idp-metadata.ts';
import { readSpMetadata } from '../metadata/sp-metadata.ts';
import { SamlRejection } from '../rejection.ts';
import { type ExamineInput, type Examination, givenOf, uncheckedBut } from './expectations.ts';

/** Reads metadata of one entity; the signature is demanded where certificates are given. */
export function examineMetadata(input: ExamineInput): Examination {
  const { certificates, allow = [], now, skewMilliseconds } = input;
  const trust = certificates.length === 0 ? undefined : { certificates, allow };
  const read = readEither(input.message.octets, {
    ...(trust === undefined ? {} : { trust }),
    now: now - skewMilliseconds,
    allow,
  });
  const checked = givenOf(input);
  return {
    type: 'Metadata',
    issuer: read.entityId,
    signed: read.signature === 'verified' ? 'message' : null,
    unchecked: uncheckedBut(checked),
  };
}

function readEither(octets: Uint8Array, options: ReadMetadataOptions) {
  try {
    return readIdpMetadata(octets, options);
  } catch (error) {
    if (error instanceof SamlRejection && error.code === 'metadata-role-missing')
      return readSpMetadata(octets, options);
    throw error;
  }
}
