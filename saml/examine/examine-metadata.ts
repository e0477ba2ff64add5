import { readAggregate } from '../metadata/aggregate.ts';
import type { MetadataSignature, ReadMetadataOptions } from '../metadata/entity-descriptor.ts';
import { readIdpMetadata } from '../metadata/idp-metadata.ts';
import { readSpMetadata } from '../metadata/sp-metadata.ts';
import { requireSkew } from '../profiles/clock-skew.ts';
import { reject, SamlRejection } from '../rejection.ts';
import {
  type ExamineInput,
  type Examination,
  type Expectation,
  givenOf,
  uncheckedBut,
} from './expectations.ts';
import { rootNameOf } from './message-type.ts';

/**
 * Reads metadata of one entity, in every role it has, or of many. The signature is demanded where certificates are given;
 * nothing may have expired. An entity ID that is expected must be there in its role.
 */
export function examineMetadata(input: ExamineInput): Examination {
  const { certificates, allow = [], now, skewMilliseconds } = input;
  requireSkew(skewMilliseconds);
  const options: ReadMetadataOptions = {
    ...(certificates.length === 0 ? {} : { trust: { certificates, allow } }),
    now: now - skewMilliseconds,
    allow,
  };
  return rootNameOf(input.message.octets) === 'EntitiesDescriptor'
    ? examineAggregate(input, options)
    : examineEntity(input, options);
}

function examineEntity(input: ExamineInput, options: ReadMetadataOptions): Examination {
  const { octets } = input.message;
  const idp = unlessOtherRole(() => readIdpMetadata(octets, options));
  const sp = unlessOtherRole(() => readSpMetadata(octets, options));
  const { entityId, signature } = idp ?? sp ?? reject('metadata-role-missing', { expected: roleNames });
  const expected = [
    ...(idp === undefined || input.idpEntityId === undefined ? [] : [input.idpEntityId]),
    ...(sp === undefined || input.audience === undefined ? [] : [input.audience]),
  ];
  if (expected.length > 0 && !expected.includes(entityId)) {
    reject('metadata-entity-mismatch', { expected: expected.join(' '), actual: entityId });
  }
  return examination(input, entityId, signature, [
    ...(idp !== undefined && input.idpEntityId === entityId ? (['idpEntityId'] as const) : []),
    ...(sp !== undefined && input.audience === entityId ? (['audience'] as const) : []),
  ]);
}

function examineAggregate(input: ExamineInput, options: ReadMetadataOptions): Examination {
  const { idpEntityId, audience } = input;
  const aggregate = readAggregate(input.message.octets, options);
  const idp = idpEntityId === undefined ? undefined : aggregate.find(idpEntityId)?.identityProvider();
  const sp = audience === undefined ? undefined : aggregate.find(audience)?.serviceProvider();
  const expected = [idpEntityId, audience].filter((entityId) => entityId !== undefined);
  if (expected.length > 0 && idp === undefined && sp === undefined) {
    reject('metadata-entity-mismatch', {
      expected: expected.join(' '),
      actual: `${aggregate.size} other entities`,
    });
  }
  return examination(input, aggregate.name ?? null, aggregate.signature, [
    ...(idp === undefined ? [] : (['idpEntityId'] as const)),
    ...(sp === undefined ? [] : (['audience'] as const)),
  ]);
}

const roleNames = 'IDPSSODescriptor or SPSSODescriptor';

/** What the other role says is another question; everything else that is wrong with this one is an answer. */
function unlessOtherRole<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SamlRejection && error.code === 'metadata-role-missing') return undefined;
    throw error;
  }
}

function examination(
  input: ExamineInput,
  issuer: string | null,
  signature: MetadataSignature,
  found: readonly Expectation[],
): Examination {
  const given = givenOf(input);
  const checked = new Set<Expectation>(found);
  if (given.has('certificates')) checked.add('certificates');
  // Metadata answers nothing, so that it answers no request is true.
  if (input.inResponseTo === null) checked.add('inResponseTo');
  return {
    type: 'Metadata',
    issuer,
    signed: signature === 'verified' ? 'message' : null,
    unchecked: uncheckedBut(checked),
  };
}
