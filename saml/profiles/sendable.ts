import { Buffer } from 'node:buffer';
import { isHttpAddress } from '../http-address.ts';
import { limits } from '../limits.ts';
import { reject } from '../rejection.ts';
import { readXml } from '../xml/reader.ts';

/** Refuses with `value-malformed` an address that no browser may be sent to. */
export function requireAddress(what: string, address: string): void {
  if (!isHttpAddress(address))
    reject('value-malformed', { expected: `an absolute http or https URL as ${what}`, actual: address });
}

/** A message that is no longer than this has fewer elements than may be, and less of everything else. */
const surelyReadable = 32 * 1024;

/** Refuses a message that no reader here would take, for the reason that the reader would give: what is sent is read. */
export function requireReadable(xml: string): void {
  if (xml.length > surelyReadable) readXml(Buffer.from(xml), limits.message);
}
