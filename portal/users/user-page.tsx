import type {
  AppRoleAssignment,
  RoleAssignment,
  RoleDefinition,
  User,
  UserUpdate,
} from '@countersign/idp/resources.ts';
import {
  Avatar,
  Badge,
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { KeyResetRegular } from '@fluentui/react-icons/svg/key-reset';
import { PersonProhibitedRegular } from '@fluentui/react-icons/svg/person-prohibited';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { ConfirmDialog } from '../controls/confirm-dialog.tsx';
import { instantText } from '../controls/date-text.ts';
import { EmptyState } from '../controls/empty-state.tsx';
import { GatedButton } from '../controls/gated-button.tsx';
import { LinkButton, TextLink } from '../controls/link-button.tsx';
import { WaitingRows } from '../controls/list-table.tsx';
import { useNotify } from '../controls/notify.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { Problem } from '../controls/problem.tsx';
import { Property, PropertyList } from '../controls/property-list.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { get, getAll, GraphError, literal, patch, remove } from '../graph-client.ts';
import { addressOf, paths } from '../paths.ts';
import { useMe, usePermission } from '../shell/signed-in-person.ts';
import { EditUserPane } from './edit-user-pane.tsx';
import { ResetPasswordPane } from './reset-password-pane.tsx';

const useStyles = makeStyles({
  head: {
    display: 'flex',
    gap: tokens.spacingHorizontalL,
    alignItems: 'flex-start',
    marginBottom: tokens.spacingVerticalXXL,
  },
  properties: { flexGrow: 1, minWidth: 0 },
  section: { marginBottom: tokens.spacingVerticalXXL },
  heading: { marginBottom: tokens.spacingVerticalS },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  notice: { marginBottom: '16px' },
});

const trail = [
  { label: 'Identity', to: paths.home },
  { label: 'Users', to: paths.users },
];

/** The person's administrator roles and applications. */
function useBelongings(userId: string | undefined) {
  const applications = useQuery({
    queryKey: ['users', 'applications', userId],
    queryFn: ({ signal }) => getAll<AppRoleAssignment>(`/users/${userId}/appRoleAssignments`, signal),
    enabled: userId !== undefined,
  });
  const roles = useQuery({
    queryKey: ['roleAssignments', 'of', userId],
    queryFn: async ({ signal }) => {
      const filter = `principalId%20eq%20${literal(userId ?? '')}`;
      const [definitions, assignments] = await Promise.all([
        getAll<RoleDefinition>('/roleManagement/directory/roleDefinitions', signal),
        getAll<RoleAssignment>(`/roleManagement/directory/roleAssignments?$filter=${filter}`, signal),
      ]);
      return assignments.map(
        (one) =>
          definitions.find((definition) => definition.id === one.roleDefinitionId)?.displayName ??
          one.roleDefinitionId,
      );
    },
    enabled: userId !== undefined,
  });
  return { applications, roles };
}

export function Component() {
  const { userId = '' } = useParams();
  const query = useQuery({
    queryKey: ['users', 'one', userId],
    queryFn: ({ signal }) => get<User>(`/users/${encodeURIComponent(userId)}`, signal),
  });
  const gone = query.error instanceof GraphError && query.error.status === 404;
  if (query.data && !gone) return <UserPage user={query.data} />;
  return (
    <>
      <PageHeader title="User" trail={trail} />
      {gone ? (
        <EmptyState
          title="This user does not exist"
          action={<LinkButton to={paths.users}>All users</LinkButton>}
        >
          The account may have been deleted.
        </EmptyState>
      ) : query.error ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <WaitingRows what="the user" />
      )}
    </>
  );
}

function UserPage({ user }: { user: User }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const notify = useNotify();
  const queries = useQueryClient();
  const permission = usePermission('manageUsers');
  const isMe = useMe().data?.id === user.id;
  const [open, setOpen] = useState<'edit' | 'password' | 'disable' | 'delete' | null>(null);
  const { applications, roles } = useBelongings(user.id);
  const update = useMutation({
    mutationFn: (changes: UserUpdate) => patch(`/users/${user.id}`, changes),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
  const deletion = useMutation({
    mutationFn: () => remove(`/users/${user.id}`),
    onSuccess: () => {
      notify('success', `${user.displayName} was deleted`);
      void queries.invalidateQueries({ queryKey: ['users', 'one', user.id], refetchType: 'none' });
      void queries.invalidateQueries({ queryKey: ['users', 'list'] });
      void queries.invalidateQueries({ queryKey: ['users', 'count'] });
      void navigate(paths.users);
    },
  });
  const reason = permission.allowed ? undefined : permission.reason;
  const notMyself = (deed: string) =>
    reason ?? (isMe ? `You cannot ${deed} the account you are signed in with.` : undefined);
  const setEnabled = (accountEnabled: boolean) =>
    update.mutate(
      { accountEnabled },
      {
        onSuccess: () => {
          setOpen(null);
          notify(
            'success',
            accountEnabled ? `${user.displayName} can sign in again` : `${user.displayName} is disabled`,
          );
        },
      },
    );
  const close = () => {
    setOpen(null);
    update.reset();
  };

  return (
    <>
      <PageHeader
        title={user.displayName}
        trail={trail}
        toolbar={
          <>
            <GatedButton icon={<EditRegular />} reason={reason} onClick={() => setOpen('edit')}>
              Edit properties
            </GatedButton>
            <GatedButton icon={<KeyResetRegular />} reason={reason} onClick={() => setOpen('password')}>
              Reset password
            </GatedButton>
            <GatedButton
              icon={<PersonProhibitedRegular />}
              reason={notMyself('disable')}
              busy={update.isPending}
              onClick={() => (user.accountEnabled ? setOpen('disable') : setEnabled(true))}
            >
              {user.accountEnabled ? 'Disable account' : 'Enable account'}
            </GatedButton>
            <GatedButton
              appearance="subtle"
              icon={<DeleteRegular />}
              reason={notMyself('delete')}
              onClick={() => setOpen('delete')}
            >
              Delete
            </GatedButton>
          </>
        }
      />
      <ReadOnlyNotice capability="manageUsers" />
      {update.error && open === null ? <Problem error={update.error} /> : null}
      {user.accountEnabled ? null : (
        <MessageBar intent="warning" layout="multiline" className={styles.notice}>
          <MessageBarBody>This account is disabled: nobody can sign in with it.</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.head}>
        <Avatar name={user.displayName} size={56} color="colorful" aria-hidden />
        <div className={styles.properties}>
          <PropertyList>
            <Property label="User principal name" copy={user.userPrincipalName}>
              {user.userPrincipalName}
            </Property>
            <Property label="Object ID" copy={user.id}>
              {user.id}
            </Property>
            <Property label="First name">{user.givenName}</Property>
            <Property label="Last name">{user.surname}</Property>
            <Property label="Mail">{user.mail}</Property>
            <Property label="Mail nickname">{user.mailNickname}</Property>
            <Property label="Job title">{user.jobTitle}</Property>
            <Property label="Department">{user.department}</Property>
            <Property label="Account enabled">{user.accountEnabled ? 'Yes' : 'No'}</Property>
            <Property label="Created on">{instantText(user.createdDateTime)}</Property>
            <Property label="Last password change" none="Never">
              {user.lastPasswordChangeDateTime ? instantText(user.lastPasswordChangeDateTime) : null}
            </Property>
          </PropertyList>
        </div>
      </div>
      <section className={styles.section} aria-labelledby="applications">
        <Subtitle2 as="h2" block id="applications" className={styles.heading}>
          Applications
        </Subtitle2>
        {applications.error ? <Problem error={applications.error} /> : null}
        {applications.data?.length === 0 ? (
          <Text className={styles.quiet}>Not assigned to any application directly.</Text>
        ) : null}
        <ul className={styles.list}>
          {applications.data?.map((one) => (
            <li key={one.id}>
              <TextLink to={addressOf('applicationOverview', { servicePrincipalId: one.resourceId })}>
                {one.resourceDisplayName}
              </TextLink>
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.section} aria-labelledby="roles">
        <Subtitle2 as="h2" block id="roles" className={styles.heading}>
          Administrator roles
        </Subtitle2>
        {roles.error ? <Problem error={roles.error} /> : null}
        {roles.data?.length === 0 ? <Text className={styles.quiet}>None: an ordinary user.</Text> : null}
        <ul className={styles.list}>
          {roles.data?.map((role) => (
            <li key={role}>
              <Badge appearance="tint">{role}</Badge>
            </li>
          ))}
        </ul>
      </section>
      {open === 'edit' ? <EditUserPane user={user} onClose={close} /> : null}
      {open === 'password' ? <ResetPasswordPane user={user} onClose={close} /> : null}
      <ConfirmDialog
        open={open === 'disable'}
        title={`Disable ${user.displayName}?`}
        confirm="Disable account"
        busy={update.isPending}
        error={update.error}
        onCancel={close}
        onConfirm={() => setEnabled(false)}
      >
        Nobody can sign in with this account until it is enabled again. Assignments and groups are kept.
      </ConfirmDialog>
      <ConfirmDialog
        open={open === 'delete'}
        title={`Delete ${user.displayName}?`}
        confirm="Delete"
        busy={deletion.isPending}
        error={deletion.error}
        onCancel={close}
        onConfirm={() => deletion.mutate()}
      >
        {user.userPrincipalName} loses access to every application, and leaves all groups and roles. This
        cannot be undone.
      </ConfirmDialog>
      {isMe ? (
        <Text size={200} className={styles.quiet}>
          This is you.{' '}
          <Button appearance="transparent" size="small" onClick={() => void navigate(paths.myApps)}>
            My Apps
          </Button>
        </Text>
      ) : null}
    </>
  );
}
