import type { KeyCredential, ServicePrincipal } from '@countersign/idp/resources.ts';
import { Link as FluentLink, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { instantText } from '../controls/date-text.ts';
import { WaitingRows } from '../controls/list-table.tsx';
import { Problem } from '../controls/problem.tsx';
import { Property, PropertyList } from '../controls/property-list.tsx';
import { activeCertificate } from './active-certificate.ts';
import { useSigningCertificates } from './application-data.ts';
import { CertificateBadge } from './certificate-badge.tsx';
import { fileName, pemText } from './certificate-file.ts';
import { certificateStanding } from './certificate-standing.ts';
import { SamlCard } from './saml-card.tsx';

const useStyles = makeStyles({
  heading: {
    margin: `${tokens.spacingVerticalXS} 0`,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: tokens.lineHeightBase300,
  },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

function Download(props: { of: string; href: string; file: string }) {
  return (
    <FluentLink href={props.href} download={props.file} aria-label={`Download ${props.of}`}>
      Download
    </FluentLink>
  );
}

function CertificateDownloads({
  application,
  certificate,
}: {
  application: ServicePrincipal;
  certificate: KeyCredential;
}) {
  const key = certificate.key ?? '';
  const file = fileName(application.displayName, 'cer');
  return (
    <>
      <Property label="Certificate (Base64)">
        <Download
          of="Certificate (Base64)"
          href={`data:application/x-pem-file;base64,${btoa(pemText(key))}`}
          file={file}
        />
      </Property>
      <Property label="Certificate (Raw)">
        <Download of="Certificate (Raw)" href={`data:application/pkix-cert;base64,${key}`} file={file} />
      </Property>
    </>
  );
}

export function CertificatesCard({ application }: { application: ServicePrincipal }) {
  const styles = useStyles();
  const [now] = useState(Date.now);
  const { data, error, refetch } = useSigningCertificates(application.id, true);
  const certificate = data ? activeCertificate(application, data, now) : undefined;
  const standing = certificate ? certificateStanding(certificate.endDateTime, now) : undefined;
  // The metadata is asked for on the origin this page came from, whatever the service calls itself.
  const { pathname, search } = new URL(application.federationMetadataUrl, window.location.origin);
  return (
    <SamlCard number={3} title="SAML Certificates">
      <h3 className={styles.heading}>SAML Signing Certificate</h3>
      {error && !data ? <Problem error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <WaitingRows what="the certificate" count={4} /> : null}
      {data && !certificate ? <Text>There is no signing certificate yet.</Text> : null}
      {certificate && standing ? (
        <PropertyList>
          <Property label="Status">{standing === 'expired' ? 'Expired' : 'Active'}</Property>
          <Property label="Thumbprint" copy={certificate.thumbprint}>
            <span className={styles.mono}>{certificate.thumbprint}</span>
          </Property>
          <Property label="Expiration">
            {instantText(certificate.endDateTime)}{' '}
            {standing === 'current' ? null : (
              <CertificateBadge standing={standing} endDateTime={certificate.endDateTime} />
            )}
          </Property>
          <Property label="Notification Email" none="Nobody is notified">
            {application.notificationEmailAddresses.join(', ')}
          </Property>
          <Property label="App Federation Metadata Url" copy={application.federationMetadataUrl}>
            {application.federationMetadataUrl}
          </Property>
          <CertificateDownloads application={application} certificate={certificate} />
          <Property label="Federation Metadata XML">
            <Download
              of="Federation Metadata XML"
              href={`${pathname}${search}`}
              file={fileName(application.displayName, 'xml')}
            />
          </Property>
        </PropertyList>
      ) : null}
    </SamlCard>
  );
}
