import { readDateTime, writeDateTime } from '../date-time.ts';
import { readDuration, writeDuration } from '../duration.ts';
import { reject } from '../rejection.ts';

/** How long metadata may be used, and how long it may be kept before it is asked for again (saml-metadata 2.3.2). */
export type Validity = {
  /** Epoch milliseconds; the metadata holds before that instant. */
  validUntil?: number;
  /** Milliseconds. */
  cacheDuration?: number;
};

const unlimited: Validity = {};

type Attributes = { validUntil?: string | undefined; cacheDuration?: string | undefined };

export function readValidity({ validUntil, cacheDuration }: Attributes): Validity {
  if (validUntil === undefined && cacheDuration === undefined) return unlimited;
  return {
    ...(validUntil === undefined ? {} : { validUntil: readDateTime(validUntil) }),
    ...(cacheDuration === undefined ? {} : { cacheDuration: readDuration(cacheDuration) }),
  };
}

/** Of what stands inside one another, the earlier end and the shorter time count. */
export function narrowest(outer: Validity, inner: Validity): Validity {
  if (inner === unlimited) return outer;
  const both = { ...outer, ...inner };
  if (outer.validUntil !== undefined && inner.validUntil !== undefined)
    both.validUntil = Math.min(outer.validUntil, inner.validUntil);
  if (outer.cacheDuration !== undefined && inner.cacheDuration !== undefined)
    both.cacheDuration = Math.min(outer.cacheDuration, inner.cacheDuration);
  return both;
}

/** Refuses metadata that has expired, where the time is given, and that never expires, where an end is demanded. */
export function requireValid(
  { validUntil }: Validity,
  demand: { now?: number; requireValidUntil?: boolean },
): void {
  if (validUntil === undefined) {
    if (demand.requireValidUntil === true) reject('metadata-valid-until-missing');
  } else if (demand.now !== undefined && demand.now >= validUntil) {
    reject('metadata-expired', {
      expected: `a time before ${writeDateTime(validUntil)}`,
      actual: writeDateTime(demand.now),
    });
  }
}

export function validityAttributes({ validUntil, cacheDuration }: Validity) {
  return {
    validUntil: validUntil === undefined ? undefined : writeDateTime(validUntil),
    cacheDuration: cacheDuration === undefined ? undefined : writeDuration(cacheDuration),
  };
}
