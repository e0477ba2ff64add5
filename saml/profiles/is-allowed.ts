import type { CompatibilitySwitch } from '../compatibility.ts';

/** Whether the configuration of the identity provider names this deviation. */
export function isAllowed(
  { identityProvider }: { identityProvider: { allow?: readonly CompatibilitySwitch[] } },
  name: CompatibilitySwitch,
): boolean {
  return identityProvider.allow?.includes(name) === true;
}
