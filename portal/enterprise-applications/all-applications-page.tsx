import type { KeyCredential, ServicePrincipal } from '@countersign/idp/resources.ts';
import { makeStyles, Select, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { AppsListRegular } from '@fluentui/react-icons/svg/apps-list';
import { useState } from 'react';
import { dayText } from '../controls/date-text.ts';
import { EmptyState } from '../controls/empty-state.tsx';
import { GatedLinkButton } from '../controls/gated-button.tsx';
import { GraphTable } from '../controls/graph-table.tsx';
import { LinkButton, TextLink } from '../controls/link-button.tsx';
import type { Column } from '../controls/list-table.tsx';
import { ListFilters } from '../controls/list-filters.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { RefreshButton } from '../controls/refresh-button.tsx';
import { searchFor } from '../graph-client.ts';
import { useGraphList, useSettled } from '../graph-list.ts';
import { addressOf, paths } from '../paths.ts';
import { usePermission } from '../shell/signed-in-person.ts';
import { ApplicationLogo } from './application-logo.tsx';
import { certificateStanding } from './certificate-standing.ts';
import { CertificateBadge } from './certificate-badge.tsx';

const useStyles = makeStyles({
  name: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: 0 },
});

function active(application: ServicePrincipal): KeyCredential | undefined {
  const { keyCredentials, preferredTokenSigningKeyThumbprint } = application;
  return keyCredentials.find((key) => key.thumbprint === preferredTokenSigningKeyThumbprint);
}

function useColumns(): Column<ServicePrincipal>[] {
  const styles = useStyles();
  const [now] = useState(Date.now);
  return [
    {
      label: 'Name',
      primary: true,
      render: (application) => (
        <span className={styles.name}>
          <ApplicationLogo name={application.displayName} size={24} />
          <TextLink to={addressOf('applicationOverview', { servicePrincipalId: application.id })}>
            {application.displayName}
          </TextLink>
        </span>
      ),
    },
    { label: 'Application ID', render: (application) => application.appId },
    { label: 'Identifier (Entity ID)', render: (application) => application.identifierUris[0] ?? '–' },
    { label: 'Created on', render: (application) => dayText(application.createdDateTime) },
    {
      label: 'Certificate expiry',
      render: (application) => {
        const certificate = active(application);
        if (!certificate) return '–';
        return (
          <CertificateBadge
            standing={certificateStanding(certificate.endDateTime, now)}
            endDateTime={certificate.endDateTime}
          />
        );
      },
    },
    { label: 'Sign-in', render: (application) => (application.accountEnabled ? 'Enabled' : 'Disabled') },
  ];
}

export function Component() {
  const [text, setText] = useState('');
  const [enabled, setEnabled] = useState('');
  const settled = useSettled(text);
  const permission = usePermission('manageApplications');
  const path = [
    '/servicePrincipals?$top=50&$count=true&$orderby=displayName',
    settled ? `&$search=${searchFor(['displayName'], settled)}` : '',
    enabled ? `&$filter=${encodeURIComponent(`accountEnabled eq ${enabled}`)}` : '',
  ].join('');
  const list = useGraphList<ServicePrincipal>('servicePrincipals', path);
  const columns = useColumns();
  const newApplication = (
    <GatedLinkButton
      to={paths.gallery}
      appearance="primary"
      icon={<AddRegular />}
      reason={permission.allowed ? undefined : permission.reason}
    >
      New application
    </GatedLinkButton>
  );
  const searching = settled !== '' || enabled !== '';
  return (
    <>
      <PageHeader
        title="Enterprise applications"
        trail={[{ label: 'Identity', to: paths.home }]}
        intro="All applications your organisation signs in to: added from the gallery, or your own."
        toolbar={
          <>
            {newApplication}
            <RefreshButton list={list} />
          </>
        }
      />
      <ReadOnlyNotice capability="manageApplications" />
      <ListFilters label="Search by application name" text={text} onText={setText}>
        <Select
          aria-label="Enabled for users to sign-in"
          value={enabled}
          onChange={(_, data) => setEnabled(data.value)}
        >
          <option value="">Sign-in: any</option>
          <option value="true">Sign-in enabled</option>
          <option value="false">Sign-in disabled</option>
        </Select>
      </ListFilters>
      <GraphTable
        label="All applications"
        list={list}
        columns={columns}
        keyOf={(application) => application.id}
        empty={
          searching ? (
            <EmptyState title="No application matches">Try another name, or take the filter off.</EmptyState>
          ) : (
            <EmptyState
              title="No applications yet"
              icon={<AppsListRegular />}
              action={<LinkButton to={paths.gallery}>Browse gallery</LinkButton>}
            >
              Add the first one from the gallery: its values are filled in, you only name your account.
            </EmptyState>
          )
        }
      />
    </>
  );
}
