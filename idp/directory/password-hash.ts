import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Passwords at rest: argon2id with 19 MiB and two passes (OWASP's first recommendation), written as PHC strings so
 * that the parameters can grow and older hashes still verify.
 */
const parameters = { memory: 19_456, passes: 2, parallelism: 1 };
const saltLength = 16;
const tagLength = 32;

/** Hashing fills a core for tens of milliseconds: so many at once, the rest wait, and a flood is turned away. */
const atOnce = 2;
const mostWaiting = 200;

/** Too many passwords are being checked at this moment; the request may simply be repeated. */
export class HashingBusy extends Error {
  readonly statusCode = 503;

  constructor() {
    super('Too many sign-ins at this moment. Try again in a few seconds.');
    this.name = 'HashingBusy';
  }
}

/** @returns a PHC string, `$argon2id$v=19$m=…,t=…,p=…$salt$tag` @throws HashingBusy */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltLength);
  const tag = await derive(password, salt, parameters, tagLength);
  const { memory, passes, parallelism } = parameters;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

/**
 * Whether the password is the one that was hashed. For null (nobody, or nobody with a password) the same work is done
 * and the answer is no, so that the time taken does not tell who exists.
 *
 * @throws HashingBusy
 */
export async function verifyPassword(password: string, phc: string | null): Promise<boolean> {
  const known = phc === null ? null : readPhc(phc);
  const { salt, tag, ...rest } = known ?? {
    ...parameters,
    salt: Buffer.alloc(saltLength),
    tag: Buffer.alloc(tagLength),
  };
  const derived = await derive(password, salt, rest, tag.length);
  return timingSafeEqual(derived, tag) && known !== null;
}

/** True where the hash was made with other parameters than today's: hash again while the password is at hand. */
export function needsRehash(phc: string): boolean {
  const known = readPhc(phc);
  return (
    known === null ||
    known.memory !== parameters.memory ||
    known.passes !== parameters.passes ||
    known.parallelism !== parameters.parallelism
  );
}

type Parameters = { memory: number; passes: number; parallelism: number };

const phcPattern =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

function readPhc(phc: string): (Parameters & { salt: Buffer; tag: Buffer }) | null {
  const match = phcPattern.exec(phc);
  if (!match) return null;
  return {
    memory: Number(match[1]),
    passes: Number(match[2]),
    parallelism: Number(match[3]),
    salt: Buffer.from(match[4] ?? '', 'base64'),
    tag: Buffer.from(match[5] ?? '', 'base64'),
  };
}

function base64(octets: Buffer): string {
  return octets.toString('base64').replaceAll('=', '');
}

let running = 0;
const waiting: (() => void)[] = [];

async function derive(
  password: string,
  nonce: Buffer,
  { memory, passes, parallelism }: Parameters,
  length: number,
): Promise<Buffer> {
  if (running < atOnce) running++;
  else if (waiting.length >= mostWaiting) throw new HashingBusy();
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await new Promise((resolve, reject) =>
      argon2(
        'argon2id',
        { message: password, nonce, memory, passes, parallelism, tagLength: length },
        (error, tag) => (error ? reject(error) : resolve(tag)),
      ),
    );
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
