/**
 * Countersign beside node-saml, samlify and the cryptography alone, on the same messages in one run: `npm run bench`, or
 * `npm run bench -- --short` for a few seconds of it. Rates and ratios are by processor time.
 */
import { cpus } from 'node:os';
import { fixtureCertificate } from '../fixtures/hand-signer.ts';
import { countersign, peers, signaturesAlone } from './issuers.ts';
import { measure, type Measured, ratio } from './measure.ts';
import { benchMessage, issued, issueInput, type KeyKind } from './messages.ts';
import { uncheckedBy } from './probes.ts';
import { cryptographyAlone, decryptionAlone, validators } from './validators.ts';

const isShort = process.argv.includes('--short');
const how = isShort ? { rounds: 5, milliseconds: 30 } : { rounds: 21, milliseconds: 100 };
const sizes = isShort ? [2, 4, 20] : [2, 4, 10, 20, 50, 100, 200];
const now = Date.now();

function title(text: string): void {
  console.log(`\n${text}\n`);
}

function row(cells: readonly string[]): void {
  const [first = '', ...rest] = cells;
  console.log(`  ${first.padEnd(30)}${rest.map((cell) => cell.padStart(15)).join('')}`);
}

const microseconds = (figure: number): string => figure.toFixed(figure < 100 ? 1 : 0);

function table(measured: readonly Measured[], limit: Measured, peer: Measured | undefined): void {
  const versus = peer === undefined ? [] : [`× ${peer.name}`];
  row(['', 'processor µs', 'shortest µs', 'per core and s', 'of the limit', ...versus]);
  for (const each of measured) {
    row([
      each.name,
      microseconds(each.processor),
      microseconds(each.wall),
      `${Math.round(1_000_000 / each.processor)}`,
      `${(100 * ratio(limit, each)).toFixed(0)} %`,
      ...(peer === undefined ? [] : [ratio(peer, each).toFixed(1)]),
    ]);
  }
}

async function compareValidation(kind: KeyKind): Promise<void> {
  const message = await benchMessage(4, now, kind);
  const peersAndUs = validators(kind);
  title(`Validation of a posted response of ${message.xml.length} octets, ${kind.toUpperCase()} and SHA-256`);
  const measured = await measure(
    [
      { name: 'cryptography alone', work: cryptographyAlone(message, kind) },
      ...peersAndUs.map(({ name, validate }) => ({ name, work: () => validate(message) })),
    ],
    how,
  );
  const [limit, , nodeSaml] = measured;
  if (limit !== undefined) table(measured, limit, nodeSaml);
  if (kind !== 'rsa') return;
  console.log('\n  Truly signed and wrong in one thing, and accepted all the same:');
  for (const validator of peersAndUs) {
    const unchecked = await uncheckedBy(validator, now);
    row([validator.name, unchecked.length === 0 ? 'nothing' : `wrong ${unchecked.join(', wrong ')}`]);
  }
}

async function compareDecryption(): Promise<void> {
  const plain = issueInput(now);
  const message = await issued({ ...plain, encryption: { certificate: fixtureCertificate('sp') } });
  title(
    `Validation of a posted response of ${message.xml.length} octets, RSA and SHA-256, with the assertion encrypted by AES-256-GCM and RSA-OAEP`,
  );
  const verification = cryptographyAlone(await issued(plain), 'rsa');
  const decryption = decryptionAlone();
  const alone = (): void => {
    decryption();
    verification();
  };
  const all = validators('rsa', 'encrypted').map(({ name, validate }) => ({
    name,
    work: () => validate(message),
  }));
  const measured = await measure([{ name: 'cryptography alone', work: alone }, ...all], how);
  const [limit, , nodeSaml] = measured;
  if (limit !== undefined) table(measured, limit, nodeSaml);
}

async function compareIssuing(kind: KeyKind): Promise<void> {
  const input = issueInput(now, kind);
  const { onThePool, atOnce } = signaturesAlone(kind);
  for (const together of [1, 8]) {
    title(
      `Issuing a response with a signed assertion, ${kind.toUpperCase()} and SHA-256, ${together === 1 ? 'one after the other' : `${together} at a time`}`,
    );
    const others = kind === 'rsa' && together === 1 ? await peers(input) : [];
    const measured = await measure([onThePool, atOnce, countersign(input), ...others], { ...how, together });
    const [limit] = measured;
    if (limit !== undefined) table(measured, limit, measured[3]);
  }
}

async function compareSizes(): Promise<void> {
  title(
    'Validation by size: microseconds, and in brackets microseconds per KB beyond the cryptography alone',
  );
  const names = ['cryptography alone', ...validators('rsa').map(({ name }) => name)];
  row(['octets', ...names.slice(0, 1), ...names.slice(1).flatMap((name) => [name, ''])]);
  for (const kilobytes of sizes) {
    const message = await benchMessage(kilobytes, now);
    const measured = await measure(
      [
        { name: 'cryptography alone', work: cryptographyAlone(message, 'rsa') },
        ...validators('rsa').map(({ name, validate }) => ({ name, work: () => validate(message) })),
      ],
      { ...how, rounds: Math.min(how.rounds, 7) },
    );
    const [limit, ...all] = measured;
    row([
      `${message.xml.length}`,
      microseconds(limit?.processor ?? 0),
      ...all.flatMap(({ processor }) => [
        microseconds(processor),
        `(${(((processor - (limit?.processor ?? 0)) * 1024) / message.xml.length).toFixed(1)})`,
      ]),
    ]);
  }
}

console.log(
  `Node ${process.version}, OpenSSL ${process.versions.openssl}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
);
await compareValidation('rsa');
await compareValidation('ecdsa');
await compareDecryption();
await compareIssuing('rsa');
await compareIssuing('ecdsa');
await compareSizes();
