import { reject } from './rejection.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Every number is bounded, so that no text makes the expression try twice. */
const shape =
  /^P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})D)?(T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,12}))?S)?)?$/;

/**
 * Reads an xs:duration (XML Schema 2 section 3.2.6) into milliseconds: the shortest time it can stand for, a year as 365
 * days and a month as 28, because it says how long something may be kept. Refuses a negative one.
 */
export function readDuration(text: string): number {
  const parts = shape.exec(text);
  if (parts === null || text.endsWith('P') || text.endsWith('T')) malformed(text);
  const [, years, months, days, , hours, minutes, seconds, fraction = ''] = parts;
  const milliseconds =
    (number(years) * 365 + number(months) * 28 + number(days)) * day +
    number(hours) * hour +
    number(minutes) * minute +
    number(seconds) * second +
    Number(fraction.padEnd(3, '0').slice(0, 3));
  return Number.isSafeInteger(milliseconds) ? milliseconds : malformed(text);
}

/** Writes milliseconds as days, hours, minutes and seconds: `P14D`, `PT1H30M`, `PT0.25S`. */
export function writeDuration(milliseconds: number): string {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0)
    throw new RangeError('A duration is a whole number of milliseconds, and not negative.');
  const days = Math.floor(milliseconds / day);
  const hours = Math.floor((milliseconds % day) / hour);
  const minutes = Math.floor((milliseconds % hour) / minute);
  const rest = milliseconds % minute;
  const seconds = rest % second === 0 ? `${rest / second}` : (rest / second).toFixed(3).replace(/0+$/, '');
  const time =
    (hours === 0 ? '' : `${hours}H`) +
    (minutes === 0 ? '' : `${minutes}M`) +
    (rest === 0 ? '' : `${seconds}S`);
  const date = days === 0 ? '' : `${days}D`;
  return date === '' && time === '' ? 'PT0S' : `P${date}${time === '' ? '' : `T${time}`}`;
}

function number(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(digits);
}

function malformed(text: string): never {
  reject('value-malformed', { expected: 'a duration like PT1H, and not negative', actual: text });
}
