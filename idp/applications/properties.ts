import type { Properties } from '../graph/properties.ts';
import type { KeyCredential } from '../graph/resources.ts';
import type { ApplicationRow, ServicePrincipalRow, SigningCertificateRow } from '../tables.ts';
import type { ReplyUrl } from './store.ts';

/** An application's row with what belongs to it. */
export type ApplicationView = ApplicationRow & { identifierUris: string[]; replyUrls: ReplyUrl[] };

export const applicationProperties: Properties = {
  id: { kind: 'id', filter: true, sort: true },
  appId: { kind: 'string', filter: true, search: true },
  applicationTemplateId: { kind: 'id', filter: true },
  displayName: { kind: 'string', filter: true, sort: true, search: true },
  createdDateTime: { kind: 'dateTime', filter: true, sort: true },
  signInAudience: { kind: 'constant', value: 'AzureADMyOrg' },
  identifierUris: { kind: 'derived', from: (row) => (row as ApplicationView).identifierUris },
  appRoles: { kind: 'json' },
  defaultRedirectUri: {
    kind: 'derived',
    from: (row) => (row as ApplicationView).replyUrls.find((url) => url.isDefault)?.uri ?? null,
  },
  web: {
    kind: 'derived',
    from: (row) => {
      const { replyUrls } = row as ApplicationView;
      return {
        redirectUris: replyUrls.map(({ uri }) => uri),
        redirectUriSettings: replyUrls.map(({ uri, index }) => ({ uri, index })),
      };
    },
  },
};

/** A service principal's row with what its resource shows besides: parts of the application, certificates, addresses. */
export type ServicePrincipalView = ServicePrincipalRow & {
  applicationTemplateId: string | null;
  appRoles: string;
  identifierUris: string[];
  replyUrls: ReplyUrl[];
  certificates: SigningCertificateRow[];
  /** Whether the certificates themselves are shown, not only what they are. */
  showsKeys: boolean;
  publicUrl: string;
};

export const servicePrincipalProperties: Properties = {
  id: { kind: 'id', filter: true, sort: true, search: true },
  appId: { kind: 'string', filter: true, search: true },
  displayName: { kind: 'string', filter: true, sort: true, search: true },
  accountEnabled: { kind: 'boolean', filter: true },
  appRoleAssignmentRequired: { kind: 'boolean', filter: true },
  appRoles: { kind: 'json' },
  createdDateTime: { kind: 'dateTime', filter: true, sort: true },
  servicePrincipalType: { kind: 'constant', value: 'Application' },
  servicePrincipalNames: {
    kind: 'derived',
    from: (row) => {
      const { appId, identifierUris } = row as ServicePrincipalView;
      return [...identifierUris, appId];
    },
  },
  loginUrl: { kind: 'string' },
  logoutUrl: { kind: 'string' },
  notes: { kind: 'string' },
  notificationEmailAddresses: { kind: 'stringCollection' },
  preferredSingleSignOnMode: { kind: 'string', filter: true },
  preferredTokenSigningKeyThumbprint: { kind: 'string' },
  samlSingleSignOnSettings: {
    kind: 'derived',
    from: (row) => {
      const { relayState } = row as ServicePrincipalView;
      return relayState === null ? null : { relayState };
    },
  },
  tags: { kind: 'stringCollection', filter: true },
  keyCredentials: {
    kind: 'derived',
    from: (row) => {
      const { certificates, showsKeys } = row as ServicePrincipalView;
      return certificates.map((certificate) => toKeyCredential(certificate, showsKeys));
    },
  },
  replyUrls: {
    kind: 'derived',
    from: (row) => (row as ServicePrincipalView).replyUrls.map(({ uri }) => uri),
  },
  identifierUris: { kind: 'derived', from: (row) => (row as ServicePrincipalView).identifierUris },
  applicationId: { kind: 'id', filter: true },
  applicationTemplateId: { kind: 'id', filter: true },
  federationMetadataUrl: {
    kind: 'derived',
    from: (row) => {
      const { publicUrl, tenantId, appId } = row as ServicePrincipalView;
      return `${publicUrl}/${tenantId}/federationmetadata/2007-06/federationmetadata.xml?appid=${appId}`;
    },
  },
  userAccessUrl: {
    kind: 'derived',
    from: (row) => userAccessUrl(row as ServicePrincipalView),
  },
};

/** The address a tile of My Apps, a bookmark or an intranet links to. */
export function userAccessUrl(about: { publicUrl: string; tenantId: string; appId: string }): string {
  return `${about.publicUrl}/launch/${about.tenantId}/${about.appId}`;
}

/** A signing certificate as the API shows it; the private key has no way out. */
export function toKeyCredential(certificate: SigningCertificateRow, showsKey: boolean): KeyCredential {
  return {
    keyId: certificate.id,
    displayName: certificate.displayName,
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    thumbprint: certificate.thumbprint,
    customKeyIdentifier: Buffer.from(certificate.thumbprint, 'hex').toString('base64'),
    startDateTime: new Date(certificate.startDateTime).toISOString(),
    endDateTime: new Date(certificate.endDateTime).toISOString(),
    key: showsKey ? certificate.certificate : null,
  };
}
