import type { ApplicationTemplate, ServicePrincipal } from '@countersign/idp/resources.ts';

type Settings = Pick<
  ServicePrincipal,
  'identifierUris' | 'replyUrls' | 'loginUrl' | 'preferredSingleSignOnMode'
>;

/** What Basic SAML Configuration still lacks before anybody can sign in, in the screen's words and order. */
export function missingSettings(
  application: Settings,
  template?: Pick<ApplicationTemplate, 'singleSignOnInitiation'> | null,
): string[] {
  const missing: string[] = [];
  if (application.identifierUris.length === 0) missing.push('Identifier (Entity ID)');
  if (application.replyUrls.length === 0) missing.push('Reply URL (Assertion Consumer Service URL)');
  // Such an application refuses what it did not ask for: without the address it cannot be started from here at all.
  if (template?.singleSignOnInitiation === 'sp' && !application.loginUrl) missing.push('Sign on URL');
  return missing;
}

/** True once SAML is chosen and everything a response needs is saved. */
export function isConfigured(application: Settings): boolean {
  return application.preferredSingleSignOnMode === 'saml' && missingSettings(application).length === 0;
}
