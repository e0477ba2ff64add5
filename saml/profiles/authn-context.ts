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
  order: AuthnContextOrder = [],
): boolean {
  const references = [...requested.classRefs, ...(requested.declRefs ?? [])];
  const strength = rankIn(order, actual);
  const compared = (holds: (difference: number) => boolean) => (reference: string) => {
    const other = rankIn(order, reference);
    return strength !== undefined && other !== undefined && holds(strength - other);
  };
  switch (requested.comparison) {
    case 'exact':
      return references.includes(actual);
    case 'minimum':
      return references.some(compared((difference) => difference >= 0));
    case 'maximum':
      return references.some(compared((difference) => difference <= 0));
    case 'better':
      // Nothing asked for is nothing to be better than.
      return references.length > 0 && references.every(compared((difference) => difference > 0));
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
  order: AuthnContextOrder = [],
): string | undefined {
  if (requested === undefined) return available[0];
  const suitable = available.filter((each) => meetsRequestedContext(requested, each, order));
  switch (requested.comparison) {
    case 'exact':
      return [...requested.classRefs, ...(requested.declRefs ?? [])].find((each) => suitable.includes(each));
    case 'maximum':
      return strongestOf(suitable, order);
    case 'minimum':
    case 'better':
      return suitable[0];
  }
}

/** The first of the strongest. */
function strongestOf(references: readonly string[], order: AuthnContextOrder): string | undefined {
  let strongest: string | undefined;
  for (const reference of references) {
    if (strongest === undefined || (rankIn(order, reference) ?? -1) > (rankIn(order, strongest) ?? -1)) {
      strongest = reference;
    }
  }
  return strongest;
}

function rankIn(order: AuthnContextOrder, reference: string): number | undefined {
  const rank = order.findIndex((each) =>
    typeof each === 'string' ? each === reference : each.includes(reference),
  );
  return rank < 0 ? undefined : rank;
}
