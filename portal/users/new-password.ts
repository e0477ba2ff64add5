import { generatePassword, uniformBelow } from './password.ts';

/** A fresh password from the browser's secure generator. */
export function newPassword(): string {
  return generatePassword(uniformBelow(() => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0));
}
