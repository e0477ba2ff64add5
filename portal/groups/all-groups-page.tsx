import type { Group } from '@countersign/idp/resources.ts';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { PeopleTeamRegular } from '@fluentui/react-icons/svg/people-team';
import { useState } from 'react';
import { dayText } from '../controls/date-text.ts';
import { EmptyState } from '../controls/empty-state.tsx';
import { GatedLinkButton } from '../controls/gated-button.tsx';
import { GraphTable } from '../controls/graph-table.tsx';
import { TextLink } from '../controls/link-button.tsx';
import { ListFilters } from '../controls/list-filters.tsx';
import type { Column } from '../controls/list-table.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { RefreshButton } from '../controls/refresh-button.tsx';
import { searchFor } from '../graph-client.ts';
import { useGraphList, useSettled } from '../graph-list.ts';
import { addressOf, paths } from '../paths.ts';
import { usePermission } from '../shell/signed-in-person.ts';

const columns: Column<Group>[] = [
  {
    label: 'Name',
    primary: true,
    render: (group) => (
      <TextLink to={addressOf('group', { groupId: group.id })}>{group.displayName}</TextLink>
    ),
  },
  { label: 'Description', render: (group) => group.description ?? '–' },
  { label: 'Group type', render: () => 'Security' },
  { label: 'Created on', render: (group) => dayText(group.createdDateTime) },
];

export function Component() {
  const [text, setText] = useState('');
  const settled = useSettled(text);
  const permission = usePermission('manageGroups');
  const search = settled ? `&$search=${searchFor(['displayName'], settled)}` : '';
  const list = useGraphList<Group>('groups', `/groups?$top=50&$count=true&$orderby=displayName${search}`);
  const newGroup = (
    <GatedLinkButton
      to={paths.newGroup}
      appearance="primary"
      icon={<AddRegular />}
      reason={permission.allowed ? undefined : permission.reason}
    >
      New group
    </GatedLinkButton>
  );
  return (
    <>
      <PageHeader
        title="All groups"
        windowTitle="Groups"
        trail={[{ label: 'Identity', to: paths.home }]}
        intro="A group is assigned to an application once; its members come and go."
        toolbar={
          <>
            {newGroup}
            <RefreshButton list={list} />
          </>
        }
      />
      <ReadOnlyNotice capability="manageGroups" />
      <ListFilters label="Search by group name" text={text} onText={setText} />
      <GraphTable
        label="All groups"
        list={list}
        columns={columns}
        keyOf={(group) => group.id}
        empty={
          settled ? (
            <EmptyState title="No group matches">Try another name.</EmptyState>
          ) : (
            <EmptyState title="No groups yet" icon={<PeopleTeamRegular />}>
              With a group you give a whole team access to an application in one step.
            </EmptyState>
          )
        }
      />
    </>
  );
}
