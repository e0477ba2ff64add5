import { argon2, timingSafeEqual } from 'node:crypto';
import { bounded } from './bounded.ts';

/** Memory in KiB, passes and lanes (RFC 9106 4, OWASP's second choice: about 30 ms and 19 MiB a password). */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;

/** Each computation holds 19 MiB and a thread of the pool: a few at a time, a bounded queue behind them. */
const inTurn = bounded(2, 200);

function derive(password: string, salt: Buffer, parameters: typeof cost, length: number): Promise<Buffer> {
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        argon2(
          'argon2id',
          { message: password.normalize('NFKC'), nonce: salt, tagLength: length, ...parameters },
          (error, tag) => (error ? reject(error) : resolve(Buffer.from(tag))),
        );
      }),
  );
}

/** A password as PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. @param salt 16 random octets */
export async function hashPassword(password: string, salt: Buffer): Promise<string> {
  const tag = await derive(password, salt, cost, tagLength);
  const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`;
  return `$argon2id$v=19$${parameters}$${unpadded(salt)}$${unpadded(tag)}`;
}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/**
 * Whether a password is the one that was hashed. Without a hash it takes as long and answers false, so that the time
 * does not tell whether a user name exists.
 */
export async function verifyPassword(password: string, hash: string | null | undefined): Promise<boolean> {
  const parts = phc.exec(hash ?? '');
  if (!parts) {
    await derive(password, Buffer.alloc(16), cost, tagLength);
    return false;
  }
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts;
  const expected = Buffer.from(tag, 'base64');
  const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const actual = await derive(password, Buffer.from(salt, 'base64'), parameters, expected.length);
  return timingSafeEqual(actual, expected);
}

function unpadded(octets: Buffer): string {
  return octets.toString('base64').replaceAll('=', '');
}
