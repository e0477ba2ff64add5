import { reject } from './rejection.ts';

/**
 * Reads an xs:dateTime in UTC (saml-core 1.3.3) into milliseconds since 1970: `Z` or `+00:00`, years 0001 to 9999, 1 to
 * 12 digits of a second, of which those beyond milliseconds are cut off. Refuses days that do not exist, other zones,
 * no zone, hour 24 and second 60.
 *
 * @throws SamlRejection `date-time-malformed`
 * @example const now = readDateTime('2026-11-23T12:00:00Z');
 */
export function readDateTime(text: string): number {
  const parts = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d{1,12}))?(?:Z|\+00:00)$/.exec(text);
  if (parts === null) reject('date-time-malformed', { actual: text });
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  if (year < 1 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) {
    reject('date-time-malformed', { actual: text });
  }
  const milliseconds = Number((parts[1] ?? '').padEnd(3, '0').slice(0, 3));
  // Date.UTC takes years below 100 for 19xx.
  const days = daysBefore(year) + daysBeforeMonth(year, month) + day - 1 - daysBefore(1970);
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milliseconds;
}

/** The number that two ASCII digits stand for. */
function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30;
}

/** Writes milliseconds since 1970 with milliseconds and `Z`, the way Entra does: `2026-11-23T12:00:00.000Z`. */
export function writeDateTime(epochMilliseconds: number): string {
  const at = new Date(epochMilliseconds);
  const year = at.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new RangeError('Times are written for the years 1 to 9999.');
  // Several times faster than toISOString, which every message needs half a dozen times.
  const date = `${String(year).padStart(4, '0')}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  return `${date}T${time}.${String(at.getUTCMilliseconds()).padStart(3, '0')}Z`;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 0 for a month that does not exist. */
function daysIn(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (monthLengths[month - 1] ?? 0);
}

function daysBeforeMonth(year: number, month: number): number {
  let days = 0;
  for (let earlier = 1; earlier < month; earlier++) days += daysIn(year, earlier);
  return days;
}

/** Days from 1 January 0001 to 1 January of the year, in the Gregorian calendar. */
function daysBefore(year: number): number {
  const full = year - 1;
  return full * 365 + Math.floor(full / 4) - Math.floor(full / 100) + Math.floor(full / 400);
}
