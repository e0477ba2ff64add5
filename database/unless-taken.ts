import { isUniqueViolation } from './failures.ts';

/**
 * Does `work`, which writes something that must be unique.
 *
 * @returns false, and nothing done if `work` is one statement or one transaction, where its key is taken already
 * @throws whatever else `work` throws
 */
export async function unlessTaken(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
