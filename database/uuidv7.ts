import { randomBytes } from 'node:crypto';

let lastTime = 0;
let counter = 0;

/**
 * A UUID of version 7 (RFC 9562, 5.7): 48 bits of epoch milliseconds, a 12-bit counter, 62 random bits. Ids of one process
 * sort in the order in which they were made, also within a millisecond (6.2, method 1: the counter starts at a random
 * value below half its range), and cannot be guessed from one another.
 *
 * @param now epoch milliseconds
 */
export function uuidv7(now: number): string {
  const bytes = randomBytes(16);
  // A clock that was set back by more than a second is followed, instead of running ahead of it for long.
  if (now > lastTime || now < lastTime - 1000) {
    lastTime = now;
    counter = bytes.readUInt16BE(6) & 0x07ff;
  } else if (++counter > 0x0fff) {
    lastTime++;
    counter = 0;
  }
  bytes.writeUIntBE(lastTime, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
