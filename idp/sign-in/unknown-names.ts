import { hash } from 'node:crypto';
import { lockoutAfter } from './lockout.ts';

const mostNames = 10_000;

/**
 * Locks user names that nobody has, just like accounts, so that a lock does not tell which names exist. Kept in memory
 * and bounded, because a guesser can make up names without end, of any length: hashes are kept, and the oldest are
 * forgotten first.
 */
export class UnknownNames {
  readonly #attempts = new Map<string, { failures: number; lockedUntil: number }>();

  /**
   * Takes one attempt at a name, like `takeAttempt` of the accounts.
   *
   * @param now epoch milliseconds
   * @returns false when the name is locked
   */
  takeAttempt(name: string, now: number): boolean {
    const key = hash('sha256', name.toLowerCase());
    const { failures, lockedUntil } = this.#attempts.get(key) ?? { failures: 0, lockedUntil: 0 };
    if (now < lockedUntil) return false;
    this.#attempts.delete(key);
    this.#attempts.set(key, { failures: failures + 1, lockedUntil: now + lockoutAfter(failures + 1) });
    for (const oldest of this.#attempts.keys()) {
      if (this.#attempts.size <= mostNames) break;
      this.#attempts.delete(oldest);
    }
    return true;
  }
}
