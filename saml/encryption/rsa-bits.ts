import type { KeyObject } from 'node:crypto';
import type { CompatibilitySwitch } from '../compatibility.ts';

const known = new WeakMap<KeyObject, number>();

/** The length of an RSA modulus in bits, 0 for a key of another type. Node reads it out of OpenSSL anew each time it is asked. */
export function rsaBits(key: KeyObject): number {
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const bits = key.asymmetricKeyType === 'rsa' ? (key.asymmetricKeyDetails?.modulusLength ?? 0) : 0;
  known.set(key, bits);
  return bits;
}

/** RSA of 2048 bits and more; from 1024 by name. */
export function leastBits(allow: readonly CompatibilitySwitch[] = []): number {
  return allow.includes('rsa-1024') ? 1024 : 2048;
}
