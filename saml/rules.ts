import { artifactRules } from './rules/artifact.ts';
import { documentRules } from './rules/documents.ts';
import { encryptionRules } from './rules/encryption.ts';
import { logoutRules } from './rules/logout.ts';
import { messageRules } from './rules/messages.ts';
import { metadataRules } from './rules/metadata.ts';
import { responseRules } from './rules/responses.ts';
import { signatureRules } from './rules/signatures.ts';

/** Who can mend what a rule refuses: the identity provider, the service provider, either, or nobody (an attack). */
export type FixAt = 'idp' | 'sp' | 'either' | 'nobody';

/** `section` of the standard (c14n = Canonical XML, core/bindings/profiles/metadata = SAML 2.0, dsig = XML Signature). */
export type Rule = { readonly section: string; readonly says: string; readonly fixAt: FixAt };

/**
 * The one catalogue of refusals, in the order in which a message meets them: transport, XML, signature, then the
 * schema, the protocol and metadata. `fixtures/rejected/` holds at least one case for every code.
 */
export const rules = {
  ...documentRules,
  ...signatureRules,
  ...encryptionRules,
  ...messageRules,
  ...responseRules,
  ...logoutRules,
  ...artifactRules,
  ...metadataRules,
} as const satisfies Record<string, Rule>;

/** Every reason this engine has to refuse something. */
export type RuleCode = keyof typeof rules;
