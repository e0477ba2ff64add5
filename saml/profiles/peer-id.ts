import type { CompatibilitySwitch } from '../compatibility.ts';
import { requireNcName } from '../messages/message-id.ts';
import { isNcName } from '../xml/characters.ts';

/**
 * The ID of a peer's message: an NCName (saml-core 1.3.4), or where the peer is allowed `id-not-ncname`, one that is none
 * only for its first character or for colons.
 */
export function requirePeerId(id: string, allow: readonly CompatibilitySwitch[] = []): void {
  if (allow.includes('id-not-ncname')) requireAnsweredId(id);
  else requireNcName(id);
}

/** The ID that an answer names: what a peer with the switch asked under is said again. */
export function requireAnsweredId(id: string): void {
  if (id === '' || !isNcName(`_${id.replaceAll(':', '_')}`)) requireNcName(id);
}
