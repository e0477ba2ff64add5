import { badRequest, type Refusal } from '../graph/refusal.ts';
import type { AppRole, AuditTarget } from '../graph/resources.ts';
import { type AuditEntry, type AuditOrigin, modifiedProperties } from '../logs/audit-entry.ts';
import type { ApplicationRow, ServicePrincipalRow, SigningCertificateRow } from '../tables.ts';
import type { ApplicationChanges, ServicePrincipalChanges } from './bodies.ts';
import type { ApplicationChange, ApplicationState, ReplyUrl } from './store.ts';

export type By = {
  origin: AuditOrigin;
  newId: () => string;
  /** Who is told about the first certificate before it expires. */
  address: string;
};

/** What a PATCH does to an application. @throws Refusal 400 where its parts do not fit together */
export function planApplicationUpdate(
  state: ApplicationState,
  changes: ApplicationChanges,
  by: By,
): ApplicationChange {
  const { application } = state;
  const replyUrls = newReplyUrls(state.replyUrls, changes);
  const roles = changes.appRoles;
  const removedAppRoleIds = roles ? removedRoles(JSON.parse(application.appRoles) as AppRole[], roles) : [];
  const set: Partial<ApplicationRow> = {
    ...(changes.displayName === undefined ? {} : { displayName: changes.displayName }),
    ...(roles ? { appRoles: JSON.stringify(roles) } : {}),
  };
  const modified = modifiedProperties(
    {
      displayName: application.displayName,
      identifierUris: state.identifierUris,
      replyUrls: state.replyUrls,
      appRoles: application.appRoles,
    },
    {
      displayName: changes.displayName ?? application.displayName,
      identifierUris: changes.identifierUris ?? state.identifierUris,
      replyUrls: replyUrls ?? state.replyUrls,
      appRoles: set.appRoles ?? application.appRoles,
    },
  );
  return {
    application: set,
    // One name for both halves: what the screen shows in lists is the service principal's.
    ...(changes.displayName === undefined ? {} : { servicePrincipal: { displayName: changes.displayName } }),
    ...(changes.identifierUris ? { identifierUris: changes.identifierUris } : {}),
    ...(replyUrls ? { replyUrls } : {}),
    removedAppRoleIds,
    audit:
      modified.length > 0
        ? [
            entry('Update application', by, {
              ...applicationTarget(application),
              modifiedProperties: modified,
            }),
          ]
        : [],
  };
}

/**
 * What a PATCH does to a service principal.
 *
 * @param first the certificate made for it, where SAML is chosen for the first time
 * @throws Refusal 400 for a thumbprint that is none of its certificates, or of one that has expired
 */
export function planServicePrincipalUpdate(
  state: ApplicationState,
  changes: ServicePrincipalChanges,
  first: SigningCertificateRow | null,
  by: By,
): ApplicationChange {
  const { servicePrincipal, certificates } = state;
  const { samlSingleSignOnSettings, tags, notificationEmailAddresses, accountEnabled, ...rest } = changes;
  const { appRoleAssignmentRequired, ...plain } = rest;
  const set: Partial<ServicePrincipalRow> = {
    ...defined(plain),
    ...(accountEnabled === undefined ? {} : { accountEnabled: accountEnabled ? 1 : 0 }),
    ...(appRoleAssignmentRequired === undefined
      ? {}
      : { appRoleAssignmentRequired: appRoleAssignmentRequired ? 1 : 0 }),
    ...(tags ? { tags: JSON.stringify(tags) } : {}),
    ...(notificationEmailAddresses
      ? { notificationEmailAddresses: JSON.stringify(notificationEmailAddresses) }
      : {}),
    ...(samlSingleSignOnSettings === undefined
      ? {}
      : { relayState: samlSingleSignOnSettings?.relayState ?? null }),
  };
  if (changes.preferredTokenSigningKeyThumbprint !== undefined)
    requireUsable(certificates, changes.preferredTokenSigningKeyThumbprint, by.origin.activityDateTime);

  const makesFirst = first !== null && certificates.length === 0;
  if (makesFirst) {
    set.preferredTokenSigningKeyThumbprint = first.thumbprint;
    if (servicePrincipal.notificationEmailAddresses === '[]' && !notificationEmailAddresses)
      set.notificationEmailAddresses = JSON.stringify([by.address]);
  }
  const modified = modifiedProperties(pick(servicePrincipal, set), { ...set });
  const target = { ...servicePrincipalTarget(servicePrincipal), modifiedProperties: modified };
  const audit: AuditEntry[] = modified.length > 0 ? [entry('Update service principal', by, target)] : [];
  if (makesFirst) audit.push(credentialsAdded(servicePrincipal, first, by));
  return {
    servicePrincipal: set,
    ...(changes.displayName === undefined ? {} : { application: { displayName: changes.displayName } }),
    ...(makesFirst ? { certificate: first } : {}),
    audit,
  };
}

/** Adding a certificate: it waits until an administrator makes it the active one, unless it is the only one. */
export function planCertificate(
  state: ApplicationState,
  certificate: SigningCertificateRow,
  by: By,
): ApplicationChange {
  const { servicePrincipal } = state;
  const isOnlyOne = servicePrincipal.preferredTokenSigningKeyThumbprint === null;
  return {
    certificate,
    ...(isOnlyOne
      ? { servicePrincipal: { preferredTokenSigningKeyThumbprint: certificate.thumbprint } }
      : {}),
    audit: [credentialsAdded(servicePrincipal, certificate, by)],
  };
}

export function addedApplication(
  { application, servicePrincipal }: Pick<ApplicationState, 'application' | 'servicePrincipal'>,
  by: By,
): AuditEntry[] {
  const { displayName, appId, applicationTemplateId } = application;
  const modified = modifiedProperties({}, { displayName, appId, applicationTemplateId });
  return [
    entry('Add application', by, { ...applicationTarget(application), modifiedProperties: modified }),
    entry('Add service principal', by, {
      ...servicePrincipalTarget(servicePrincipal),
      modifiedProperties: modified,
    }),
  ];
}

export function deletedApplication(
  { application, servicePrincipal }: Pick<ApplicationState, 'application' | 'servicePrincipal'>,
  by: By,
): AuditEntry[] {
  return [
    entry('Remove service principal', by, servicePrincipalTarget(servicePrincipal)),
    entry('Delete application', by, applicationTarget(application)),
  ];
}

/** A service principal as the audit log names what was changed. */
export function servicePrincipalTarget(row: Pick<ServicePrincipalRow, 'id' | 'displayName'>): AuditTarget {
  return { id: row.id, displayName: row.displayName, type: 'ServicePrincipal', modifiedProperties: [] };
}

function applicationTarget(row: ApplicationRow): AuditTarget {
  return { id: row.id, displayName: row.displayName, type: 'Application', modifiedProperties: [] };
}

function credentialsAdded(
  servicePrincipal: ServicePrincipalRow,
  certificate: SigningCertificateRow,
  by: By,
): AuditEntry {
  const { thumbprint, displayName } = certificate;
  const endDateTime = new Date(certificate.endDateTime).toISOString();
  return entry('Add service principal credentials', by, {
    ...servicePrincipalTarget(servicePrincipal),
    modifiedProperties: modifiedProperties({}, { thumbprint, displayName, endDateTime }),
  });
}

function entry(activityDisplayName: string, by: By, target: AuditTarget): AuditEntry {
  return {
    ...by.origin,
    id: by.newId(),
    activityDisplayName,
    category: 'ApplicationManagement',
    targetResources: [target],
  };
}

/** The list of reply URLs after a PATCH; undefined where it says nothing about them. */
function newReplyUrls(before: ReplyUrl[], changes: ApplicationChanges): ReplyUrl[] | undefined {
  const { web, defaultRedirectUri } = changes;
  if (!web?.redirectUris && !web?.redirectUriSettings && defaultRedirectUri === undefined) return undefined;
  const placed = placeReplyUrls(before, web);
  const wanted =
    defaultRedirectUri === undefined ? before.find((url) => url.isDefault)?.uri : defaultRedirectUri;
  if (defaultRedirectUri && !placed.some(({ uri }) => uri === defaultRedirectUri))
    throw mismatch('defaultRedirectUri', `'${defaultRedirectUri}' is not one of the reply URLs`);
  const defaultUri = placed.some(({ uri }) => uri === wanted) ? wanted : placed[0]?.uri;
  return placed.map(({ uri, index }) => ({ uri, index, isDefault: uri === defaultUri }));
}

function placeReplyUrls(
  before: ReplyUrl[],
  web: ApplicationChanges['web'],
): Pick<ReplyUrl, 'uri' | 'index'>[] {
  const settings = web?.redirectUriSettings;
  if (settings) {
    const named = new Set(settings.map(({ uri }) => uri));
    if (
      web.redirectUris &&
      (web.redirectUris.length !== named.size || !web.redirectUris.every((uri) => named.has(uri)))
    )
      throw mismatch('web.redirectUriSettings', 'must name the same URLs as web.redirectUris');
    return settings.toSorted((one, other) => one.index - other.index);
  }
  return web?.redirectUris ? web.redirectUris.map((uri, index) => ({ uri, index })) : before;
}

/** A role someone may still be signing in with must be switched off before it goes. */
function removedRoles(before: AppRole[], after: ApplicationChanges['appRoles'] & object): string[] {
  const kept = new Set(after.map((role) => role.id));
  const removed = before.filter((role) => !kept.has(role.id));
  const enabled = removed.find((role) => role.isEnabled);
  if (enabled)
    throw mismatch('appRoles', `the role '${enabled.displayName}' must be disabled before it can be removed`);
  return removed.map((role) => role.id);
}

function requireUsable(certificates: SigningCertificateRow[], thumbprint: string, now: number): void {
  const certificate = certificates.find((candidate) => candidate.thumbprint === thumbprint);
  if (!certificate)
    throw mismatch(
      'preferredTokenSigningKeyThumbprint',
      'is the thumbprint of none of this application’s certificates',
    );
  if (certificate.endDateTime <= now)
    throw mismatch(
      'preferredTokenSigningKeyThumbprint',
      'is the thumbprint of a certificate that has expired',
    );
}

function mismatch(target: string, why: string): Refusal {
  const message = `Invalid value for property '${target}': ${why}.`;
  return badRequest(message, [{ code: 'InvalidValue', message, target }]);
}

function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function pick(row: ServicePrincipalRow, names: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => Object.hasOwn(names, name)));
}
