const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const dateOnly = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** An instant of the API in the reader's language and time zone. */
export function instantText(instant: string): string {
  return dateAndTime.format(new Date(instant));
}

/** Only the day. */
export function dayText(instant: string): string {
  return dateOnly.format(new Date(instant));
}
