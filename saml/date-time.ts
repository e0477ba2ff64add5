import { reject } from './rejection.ts';

/**
 * Reads an xs:dateTime in UTC (saml-core 1.3.3) into milliseconds since 1970: `Z` or `+00:00`, years 0001 to 9999, 1 to
 * 12 digits of a second, of which those beyond milliseconds are cut off. Refuses days that do not exist, other zones,
 * no zone, hour 24 and second 60.
 */
export function readDateTime(text: string): number {
  const parts = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d{1,12}))?(?:Z|\+00:00)$/.exec(text);
  if (parts === null) reject('date-time-malformed', { actual: text });
  const digits = (from: number, length: number): number => Number(text.slice(from, from + length));
  const [year, month, day] = [digits(0, 4), digits(5, 2), digits(8, 2)];
  const [hour, minute, second] = [digits(11, 2), digits(14, 2), digits(17, 2)];
  if (year < 1 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) {
    reject('date-time-malformed', { actual: text });
  }
  const milliseconds = Number((parts[1] ?? '').padEnd(3, '0').slice(0, 3));
  // Date.UTC takes years below 100 for 19xx.
  const days = daysBefore(year) + daysBeforeMonth(year, month) + day - 1 - daysBefore(1970);
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milliseconds;
}

/** Writes milliseconds since 1970 with milliseconds and `Z`, the way Entra does: `2026-11-23T12:00:00.000Z`. */
export function writeDateTime(epochMilliseconds: number): string {
  const text = new Date(epochMilliseconds).toISOString();
  if (text.length !== 24 || text.startsWith('0000'))
    throw new RangeError('Times are written for the years 1 to 9999.');
  return text;
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
