import type { Comparison } from '../messages/requested-authn-context.ts';

/** What was asked for: references to classes or to declarations, the most preferred first (saml-core 3.3.2.2.1). */
export type AuthnContextWish = {
  comparison: Comparison;
  classRefs: readonly string[];
  declRefs?: readonly string[];
};

/**
 * How strong ways of authenticating are, as their responder deems: weakest first, those in one list equally strong. A
 * class that is not in it is neither stronger nor weaker than any.
 *
 * @example [authnContexts.password, [authnContexts.x509, 'urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI']]
 */
export type AuthnContextOrder = readonly (string | readonly string[])[];

/**
 * Whether a way of authenticating is what was asked for (saml-core 3.3.2.2.1): `exact` is one of those asked for;
 * `minimum` is at least as strong as one of them; `better` is stronger than any one, so than each of them; `maximum` does
 * not exceed one of them at least. Only `exact` does without an order: what it does not know satisfies nothing else.
 *
 * That `maximum` is also to be as strong as possible only the identity provider can see to: `chooseAuthnContext`.
 *
 * @example meetsRequestedContext({ comparison: 'minimum', classRefs: [password] }, x509, [password, x509]) // true
 */
export function meetsRequestedContext(
  requested: AuthnContextWish,
  actual: string,
  order?: AuthnContextOrder,
): boolean {
  const references = referencesOf(requested);
  const strength = rankIn(order, actual);
  // A difference to what the order does not know is not a number, and compares with nothing.
  const differences = references.map((reference) => strength - rankIn(order, reference));
  switch (requested.comparison) {
    case 'exact':
      return references.includes(actual);
    case 'minimum':
      return differences.some((difference) => difference >= 0);
    case 'maximum':
      return differences.some((difference) => difference <= 0);
    case 'better':
      // Nothing asked for is nothing to be better than.
      return differences.length > 0 && differences.every((difference) => difference > 0);
  }
}

/**
 * Which of the ways a person was or can be authenticated answers a request, or undefined where none does: that is
 * `NoAuthnContext`, the second-level status code. `available` is in the identity provider's preference; so is the choice,
 * but for `exact`, where the requester's preference decides, and `maximum`, where the strongest does (saml-core 3.3.2.2.1).
 *
 * @example const stated = chooseAuthnContext(accepted.requestedAuthnContext, [authnContexts.password], order);
 */
export function chooseAuthnContext(
  requested: AuthnContextWish | undefined,
  available: readonly string[],
  order?: AuthnContextOrder,
): string | undefined {
  if (requested === undefined) return available[0];
  const suitable = available.filter((each) => meetsRequestedContext(requested, each, order));
  switch (requested.comparison) {
    case 'exact':
      return referencesOf(requested).find((each) => suitable.includes(each));
    case 'maximum':
      return suitable.toSorted((a, b) => rankIn(order, b) - rankIn(order, a))[0];
    case 'minimum':
    case 'better':
      return suitable[0];
  }
}

function referencesOf({ classRefs, declRefs }: AuthnContextWish): readonly string[] {
  return declRefs === undefined ? classRefs : [...classRefs, ...declRefs];
}

/** The place in the order; not a number where there is none. */
function rankIn(order: AuthnContextOrder | undefined, reference: string): number {
  const isHere = (each: string | readonly string[]) =>
    typeof each === 'string' ? each === reference : each.includes(reference);
  const rank = order?.findIndex(isHere) ?? -1;
  return rank < 0 ? Number.NaN : rank;
}
