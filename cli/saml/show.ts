import type { X509Certificate } from 'node:crypto';
import { certificatePeriod } from '@countersign/saml';

/** Controls, what changes the direction of writing, is ignored or has no width, and spaces that only look like one. */
const unseen = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** What a screen would not show, or would obey, is written as `\u{…}`. */
export function withoutControls(text: string): string {
  return text.replaceAll(unseen, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** JSON on one line, in which the same is written with JSON's own escapes, so that it reads back as it was. */
export function jsonLine(value: object): string {
  return JSON.stringify(value).replaceAll(unseen, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** The only way to a screen: whatever is in a line, it stays one line, and obeys nobody. */
export function screenText(lines: readonly string[]): string {
  return lines.map(withoutControls).join('\n');
}

/** One value on one line; with blanks at its ends, or empty, it gets quotes. */
export function visible(text: string): string {
  const shown = withoutControls(text);
  return text === '' || shown.startsWith(' ') || shown.endsWith(' ') ? `"${shown}"` : shown;
}

/** UTC first, then the clock on the wall, then how far away it is: `2026-11-23 12:00:00 UTC (13:00:00 GMT+1), in 5 minutes`. */
export function instantText(instant: number, now: number): string {
  const utc = new Date(instant).toISOString();
  const seconds = utc.replace('T', ' ').replace(/(?:\.000)?Z$/, '');
  const local = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).formatToParts(instant);
  const part = (type: string) => local.find((each) => each.type === type)?.value ?? '';
  const clock = `${part('hour')}:${part('minute')}:${part('second')} ${part('timeZoneName')}`;
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  const here = utc.startsWith(day) ? clock : `${day} ${clock}`;
  return `${seconds} UTC (here ${here}), ${distance(instant - now)}`;
}

const units: readonly [string, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** `in 5 minutes`, `3 days ago`; the largest unit of which there are two, or the smallest. */
export function distance(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  const [name, length] = units.find(([, each]) => size >= 2 * each) ?? ['second', 1000];
  const count = Math.floor(size / length);
  const amount = `${count} ${name}${count === 1 ? '' : 's'}`;
  if (count === 0) return 'now';
  return milliseconds < 0 ? `${amount} ago` : `in ${amount}`;
}

/** Whose it says it is, how long it holds and its SHA-256 fingerprint. */
export function certificateText(certificate: X509Certificate): string {
  // Of an empty name there is none, whatever the type says.
  const subject: string | undefined = certificate.subject;
  const name = subject === undefined ? '(no subject)' : visible(subject.replaceAll('\n', ', '));
  const { from, to } = certificatePeriod(certificate);
  return `${name}, ${dayText(from)} to ${dayText(to)}, SHA-256 ${certificate.fingerprint256}`;
}

function dayText(instant: number): string {
  return Number.isNaN(instant) ? '(no readable date)' : new Date(instant).toISOString().slice(0, 10);
}

const algorithms: readonly [RegExp, string][] = [
  [/^http:\/\/www\.w3\.org\/2001\/04\/xmldsig-more#(rsa|ecdsa)-sha(256|384|512)$/, '$1 with SHA-$2'],
  [/^http:\/\/www\.w3\.org\/2000\/09\/xmldsig#(rsa|dsa|hmac)-sha1$/, '$1 with SHA-1'],
  [/^http:\/\/www\.w3\.org\/2001\/04\/xmldsig-more#ecdsa-sha1$/, 'ecdsa with SHA-1'],
  [/^http:\/\/www\.w3\.org\/2001\/04\/xmlenc#sha(256|512)$/, 'SHA-$1'],
  [/^http:\/\/www\.w3\.org\/2001\/04\/xmldsig-more#sha384$/, 'SHA-384'],
  [/^http:\/\/www\.w3\.org\/2000\/09\/xmldsig#sha1$/, 'SHA-1'],
  [/^http:\/\/www\.w3\.org\/2009\/xmlenc11#aes(128|192|256)-gcm$/, 'AES-$1 in GCM mode'],
  [/^http:\/\/www\.w3\.org\/2001\/04\/xmlenc#aes(128|192|256)-cbc$/, 'AES-$1 in CBC mode'],
  [/^http:\/\/www\.w3\.org\/2001\/04\/xmlenc#tripledes-cbc$/, 'Triple DES'],
  [/^http:\/\/www\.w3\.org\/2001\/04\/xmlenc#rsa-oaep-mgf1p$/, 'RSA-OAEP, MGF1 with SHA-1'],
  [/^http:\/\/www\.w3\.org\/2009\/xmlenc11#rsa-oaep$/, 'RSA-OAEP'],
  [/^http:\/\/www\.w3\.org\/2009\/xmlenc11#mgf1sha(1|224|256|384|512)$/, 'MGF1 with SHA-$1'],
  [/^http:\/\/www\.w3\.org\/2001\/04\/xmlenc#rsa-1_5$/, 'RSA PKCS#1 1.5'],
  [/^http:\/\/www\.w3\.org\/2007\/05\/xmldsig-more#sha(256|384|512)-rsa-MGF1$/, 'rsa PSS with SHA-$1'],
];

/** The name people say, where there is one. */
export function algorithmText(identifier: string): string {
  const known = algorithms.find(([pattern]) => pattern.test(identifier));
  if (known === undefined) return visible(identifier);
  return identifier
    .replace(known[0], known[1])
    .replace(/^(rsa|ecdsa|dsa|hmac)/, (name) => name.toUpperCase());
}
