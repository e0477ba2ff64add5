import type { User } from '@countersign/idp/resources.ts';
import {
  Avatar,
  Badge,
  makeStyles,
  Menu,
  MenuButton,
  MenuItemLink,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Select,
  tokens,
} from '@fluentui/react-components';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { PersonAddRegular } from '@fluentui/react-icons/svg/person-add';
import { useState } from 'react';
import { useHref, useLinkClickHandler } from 'react-router';
import { dayText } from '../controls/date-text.ts';
import { EmptyState } from '../controls/empty-state.tsx';
import { GatedButton } from '../controls/gated-button.tsx';
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

const useStyles = makeStyles({
  name: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: 0 },
});

function useColumns(): Column<User>[] {
  const styles = useStyles();
  return [
    {
      label: 'Display name',
      primary: true,
      render: (user) => (
        <span className={styles.name}>
          <Avatar name={user.displayName} size={24} color="colorful" aria-hidden />
          <TextLink to={addressOf('user', { userId: user.id })}>{user.displayName}</TextLink>
        </span>
      ),
    },
    { label: 'User principal name', render: (user) => user.userPrincipalName },
    { label: 'User type', render: (user) => user.userType },
    { label: 'Created on', render: (user) => dayText(user.createdDateTime) },
    {
      label: 'Account',
      render: (user) =>
        user.accountEnabled ? (
          'Enabled'
        ) : (
          <Badge appearance="tint" color="warning">
            Disabled
          </Badge>
        ),
    },
  ];
}

/** *New user* › *Create new user*. */
function NewUserMenu() {
  const permission = usePermission('manageUsers');
  const href = useHref(paths.newUser);
  const onClick = useLinkClickHandler<HTMLAnchorElement>(paths.newUser);
  if (!permission.allowed) {
    return (
      <GatedButton appearance="primary" icon={<PersonAddRegular />} reason={permission.reason}>
        New user
      </GatedButton>
    );
  }
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton appearance="primary" icon={<PersonAddRegular />}>
          New user
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItemLink href={href} onClick={onClick}>
            Create new user
          </MenuItemLink>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

export function Component() {
  const [text, setText] = useState('');
  const [enabled, setEnabled] = useState('');
  const settled = useSettled(text);
  const path = [
    '/users?$top=50&$count=true&$orderby=displayName',
    settled ? `&$search=${searchFor(['displayName', 'userPrincipalName'], settled)}` : '',
    enabled ? `&$filter=${encodeURIComponent(`accountEnabled eq ${enabled}`)}` : '',
  ].join('');
  const list = useGraphList<User>('users', path);
  const columns = useColumns();
  return (
    <>
      <PageHeader
        title="All users"
        windowTitle="Users"
        trail={[{ label: 'Identity', to: paths.home }]}
        toolbar={
          <>
            <NewUserMenu />
            <RefreshButton list={list} />
          </>
        }
      />
      <ReadOnlyNotice capability="manageUsers" />
      <ListFilters label="Search by name or user principal name" text={text} onText={setText}>
        <Select aria-label="Account enabled" value={enabled} onChange={(_, data) => setEnabled(data.value)}>
          <option value="">Account: any</option>
          <option value="true">Account enabled</option>
          <option value="false">Account disabled</option>
        </Select>
      </ListFilters>
      <GraphTable
        label="All users"
        list={list}
        columns={columns}
        keyOf={(user) => user.id}
        empty={
          <EmptyState title="No user matches" icon={<PersonRegular />}>
            Try another name, or take the filter off.
          </EmptyState>
        }
      />
    </>
  );
}
