import type { AuditCategory, AuditInitiator, DirectoryAudit } from '@countersign/idp/resources.ts';
import {
  Badge,
  Button,
  Link as FluentLink,
  makeStyles,
  Select,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { useState } from 'react';
import { instantText } from '../controls/date-text.ts';
import { EmptyState } from '../controls/empty-state.tsx';
import { GraphTable } from '../controls/graph-table.tsx';
import { ListFilters } from '../controls/list-filters.tsx';
import type { Column } from '../controls/list-table.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { Property, PropertyList } from '../controls/property-list.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { RefreshButton } from '../controls/refresh-button.tsx';
import { SidePane } from '../controls/side-pane.tsx';
import { useGraphList, useSettled } from '../graph-list.ts';
import { paths } from '../paths.ts';

const categories: readonly AuditCategory[] = [
  'ApplicationManagement',
  'GroupManagement',
  'UserManagement',
  'RoleManagement',
];

const useStyles = makeStyles({
  change: {
    padding: '8px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
  old: { color: tokens.colorNeutralForeground3, textDecorationLine: 'line-through' },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
});

function initiator(by: AuditInitiator): string {
  return 'user' in by ? by.user.displayName : by.app.displayName;
}

/** `ApplicationManagement` as words. */
const words = (category: string) => category.replace(/([a-z])([A-Z])/g, '$1 $2');

export function Component() {
  const [text, setText] = useState('');
  const [category, setCategory] = useState('');
  const [selected, setSelected] = useState<DirectoryAudit | null>(null);
  const settled = useSettled(text);
  const terms = [
    ...(settled ? [`startswith(activityDisplayName,'${settled.replaceAll("'", "''")}')`] : []),
    ...(category ? [`category eq '${category}'`] : []),
  ];
  const filter = terms.length > 0 ? `&$filter=${encodeURIComponent(terms.join(' and '))}` : '';
  const list = useGraphList<DirectoryAudit>('directoryAudits', `/auditLogs/directoryAudits?$top=50${filter}`);
  const columns: Column<DirectoryAudit>[] = [
    {
      label: 'Date',
      primary: true,
      render: (audit) => (
        <FluentLink
          aria-label={`Details of ${audit.activityDisplayName}, ${instantText(audit.activityDateTime)}`}
          onClick={() => setSelected(audit)}
        >
          {instantText(audit.activityDateTime)}
        </FluentLink>
      ),
    },
    { label: 'Activity', render: (audit) => audit.activityDisplayName },
    { label: 'Category', render: (audit) => words(audit.category) },
    {
      label: 'Status',
      render: (audit) => (
        <Badge appearance="tint" color={audit.result === 'success' ? 'success' : 'danger'}>
          {audit.result === 'success' ? 'Success' : 'Failure'}
        </Badge>
      ),
    },
    {
      label: 'Target(s)',
      render: (audit) => audit.targetResources.map((target) => target.displayName).join(', ') || '–',
    },
    { label: 'Initiated by (actor)', render: (audit) => initiator(audit.initiatedBy) },
  ];
  return (
    <>
      <PageHeader
        title="Audit logs"
        trail={[{ label: 'Identity', to: paths.home }]}
        intro="Who changed what, newest first."
      />
      <ReadOnlyNotice capability="readLogs" />
      <ListFilters label="Search by activity" text={text} onText={setText}>
        <Select aria-label="Category" value={category} onChange={(_, data) => setCategory(data.value)}>
          <option value="">Category: any</option>
          {categories.map((one) => (
            <option key={one} value={one}>
              {words(one)}
            </option>
          ))}
        </Select>
        <RefreshButton list={list} />
      </ListFilters>
      <GraphTable
        label="Audit log"
        list={list}
        columns={columns}
        keyOf={(audit) => audit.id}
        empty={
          <EmptyState
            title={text || category ? 'No change matches' : 'No changes yet'}
            icon={<HistoryRegular />}
          >
            {text ? 'The search looks at the beginning of the activity, “Add user” for instance.' : ''}
          </EmptyState>
        }
      />
      {selected ? <AuditDetails audit={selected} onClose={() => setSelected(null)} /> : null}
    </>
  );
}

function AuditDetails({ audit, onClose }: { audit: DirectoryAudit; onClose: () => void }) {
  const styles = useStyles();
  const by = audit.initiatedBy;
  return (
    <SidePane
      title={audit.activityDisplayName}
      open
      onClose={onClose}
      footer={<Button onClick={onClose}>Done</Button>}
    >
      <PropertyList>
        <Property label="Date">{instantText(audit.activityDateTime)}</Property>
        <Property label="Category">{words(audit.category)}</Property>
        <Property label="Status">{audit.result === 'success' ? 'Success' : 'Failure'}</Property>
        <Property label="Status reason">{audit.resultReason}</Property>
        <Property label="Initiated by">{initiator(by)}</Property>
        {'user' in by ? <Property label="User principal name">{by.user.userPrincipalName}</Property> : null}
        {'user' in by ? <Property label="IP address">{by.user.ipAddress}</Property> : null}
        <Property label="Correlation ID" copy={audit.correlationId}>
          {audit.correlationId}
        </Property>
      </PropertyList>
      {audit.targetResources.map((target) => (
        <section key={target.id} aria-label={`Target ${target.displayName}`}>
          <Subtitle2 as="h3" block>
            {words(target.type)}: {target.displayName}
          </Subtitle2>
          <Text size={200}>{target.id}</Text>
          <ul className={styles.list} aria-label="Modified properties">
            {target.modifiedProperties.map((property) => (
              <li key={property.displayName} className={styles.change}>
                <Text weight="semibold" block>
                  {property.displayName}
                </Text>
                {property.oldValue === null ? null : (
                  <Text block className={styles.old}>
                    {property.oldValue}
                  </Text>
                )}
                <Text block>{property.newValue ?? 'Removed'}</Text>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </SidePane>
  );
}
