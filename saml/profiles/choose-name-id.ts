import { nameIdFormats, statusCodes } from '../names.ts';
import type { AcceptedAuthnRequest } from './accept-authn-request.ts';

/** What an accepted request says about the name of the person; one that was only read has no `requestId`. */
export type NameIdWish = Pick<
  AcceptedAuthnRequest,
  'requestId' | 'issuer' | 'nameIdFormat' | 'spNameQualifier' | 'allowCreate'
>;

/** What an identity provider can name the person with. */
export type NameIdOffer = {
  /** The formats it issues, the preferred first. */
  formats: readonly string[];
  /** Entity IDs of the affiliations the requester belongs to, in whose namespace a name may be (saml-core 8.3.7). */
  affiliations?: readonly string[];
  /** Whether it encrypts names for this requester when asked to. */
  encrypts?: boolean;
  /** Whether the person has a name of this format for this requester already; without it that is not looked at. */
  isEstablished?: (format: string, spNameQualifier: string | undefined) => boolean;
};

export type NameIdChoice =
  | { outcome: 'issue'; format: string; spNameQualifier?: string; encrypted: boolean }
  | { outcome: 'refuse'; status: { code: string; subCode: string } };

/**
 * Which name an identity provider issues for the NameIDPolicy of a request (saml-core 3.4.1.1). A policy it cannot or may
 * not follow ends in the status `InvalidNameIDPolicy`.
 *
 * Without a format, and for `unspecified`, the identity provider is free and takes the one it prefers. A name that has
 * yet to be made needs AllowCreate; a transient one is always made.
 *
 * @example
 * const choice = chooseNameId(accepted, { formats: [nameIdFormats.persistent], isEstablished: () => pairwiseId !== undefined });
 */
export function chooseNameId(wish: NameIdWish, offer: NameIdOffer): NameIdChoice {
  const { nameIdFormat, spNameQualifier } = wish;
  const encrypted = nameIdFormat === nameIdFormats.encrypted;
  const isFree = encrypted || nameIdFormat === undefined || nameIdFormat === nameIdFormats.unspecified;
  const format = isFree ? offer.formats[0] : offer.formats.find((each) => each === nameIdFormat);
  if (format === undefined || (encrypted && offer.encrypts !== true)) return refusal;
  const isTheirs =
    spNameQualifier === undefined ||
    spNameQualifier === wish.issuer ||
    offer.affiliations?.includes(spNameQualifier) === true;
  if (!isTheirs) return refusal;
  const mayBeMade = wish.allowCreate === true || format === nameIdFormats.transient;
  if (!mayBeMade && offer.isEstablished?.(format, spNameQualifier) === false) return refusal;
  return {
    outcome: 'issue',
    format,
    ...(spNameQualifier === undefined ? {} : { spNameQualifier }),
    encrypted,
  };
}

const refusal: NameIdChoice = {
  outcome: 'refuse',
  status: { code: statusCodes.requester, subCode: statusCodes.invalidNameIdPolicy },
};
