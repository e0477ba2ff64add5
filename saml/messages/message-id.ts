import { reject } from '../rejection.ts';
import { isNcName } from '../xml/characters.ts';

/** IDs are xs:ID, so NCNames: no digit first, no colon (saml-core 1.3.4). */
export function requireNcName(id: string): void {
  if (!isNcName(id)) reject('id-not-ncname', { expected: 'an NCName', actual: id });
}
