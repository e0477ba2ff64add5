import type { AppRoleAssignment } from '@countersign/idp/resources.ts';
import { makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../controls/confirm-dialog.tsx';
import { dayText } from '../controls/date-text.ts';
import { EmptyState } from '../controls/empty-state.tsx';
import { GatedButton, GatedLinkButton } from '../controls/gated-button.tsx';
import { GraphTable } from '../controls/graph-table.tsx';
import { TextLink } from '../controls/link-button.tsx';
import type { Column } from '../controls/list-table.tsx';
import { useNotify } from '../controls/notify.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { RefreshButton } from '../controls/refresh-button.tsx';
import { remove } from '../graph-client.ts';
import { useGraphList } from '../graph-list.ts';
import { addressOf } from '../paths.ts';
import { usePermission } from '../shell/signed-in-person.ts';
import { assignmentsOf, roleName } from './application-data.ts';
import { applicationTrail, useThisApplication } from './application-layout.tsx';

const useStyles = makeStyles({ notice: { marginBottom: '16px' } });

export function Component() {
  const styles = useStyles();
  const application = useThisApplication();
  const permission = usePermission('assignApplications');
  const reason = permission.allowed ? undefined : permission.reason;
  const notify = useNotify();
  const queries = useQueryClient();
  const [removing, setRemoving] = useState<AppRoleAssignment | null>(null);
  const list = useGraphList<AppRoleAssignment>(
    assignmentsOf(application.id),
    `/servicePrincipals/${application.id}/appRoleAssignedTo?$top=50`,
  );
  const removal = useMutation({
    mutationFn: (assignment: AppRoleAssignment) =>
      remove(`/servicePrincipals/${application.id}/appRoleAssignedTo/${assignment.id}`),
    onSuccess: (_, assignment) => {
      setRemoving(null);
      notify('success', `${assignment.principalDisplayName} is no longer assigned`);
      return queries.invalidateQueries({ queryKey: [assignmentsOf(application.id)] });
    },
  });
  const columns: Column<AppRoleAssignment>[] = [
    {
      label: 'Display name',
      primary: true,
      render: (assignment) => (
        <TextLink
          to={
            assignment.principalType === 'Group'
              ? addressOf('group', { groupId: assignment.principalId })
              : addressOf('user', { userId: assignment.principalId })
          }
        >
          {assignment.principalDisplayName}
        </TextLink>
      ),
    },
    { label: 'Object type', render: (assignment) => assignment.principalType },
    { label: 'Role assigned', render: (assignment) => roleName(assignment, application.appRoles) },
    { label: 'Assigned on', render: (assignment) => dayText(assignment.createdDateTime) },
    {
      label: 'Actions',
      actions: true,
      render: (assignment) => (
        <GatedButton
          size="small"
          appearance="subtle"
          icon={<DeleteRegular />}
          reason={reason}
          ariaLabel={`Remove the assignment of ${assignment.principalDisplayName}`}
          onClick={() => {
            removal.reset();
            setRemoving(assignment);
          }}
        >
          Remove
        </GatedButton>
      ),
    },
  ];
  const add = (
    <GatedLinkButton
      to={addressOf('addAssignment', { servicePrincipalId: application.id })}
      appearance="primary"
      icon={<AddRegular />}
      reason={reason}
    >
      Add user/group
    </GatedLinkButton>
  );
  return (
    <>
      <PageHeader
        title="Users and groups"
        windowTitle={`${application.displayName} – Users and groups`}
        trail={applicationTrail(application)}
        toolbar={
          <>
            {add}
            <RefreshButton list={list} />
          </>
        }
      />
      <ReadOnlyNotice capability="assignApplications" />
      {application.appRoleAssignmentRequired ? null : (
        <MessageBar intent="info" layout="multiline" className={styles.notice}>
          <MessageBarBody>
            Assignment is not required for this application: everybody in your organisation can sign in to it.
            Assigned people see its tile in My Apps.
          </MessageBarBody>
        </MessageBar>
      )}
      <GraphTable
        label="Assigned users and groups"
        list={list}
        columns={columns}
        keyOf={(assignment) => assignment.id}
        empty={
          <EmptyState title="Nobody is assigned yet" icon={<PeopleRegular />}>
            {application.appRoleAssignmentRequired
              ? 'Only assigned people can sign in to this application and see its tile in My Apps.'
              : 'Assigned people see a tile of this application in My Apps.'}
          </EmptyState>
        }
      />
      <ConfirmDialog
        open={removing !== null}
        title="Remove the assignment?"
        confirm="Remove"
        busy={removal.isPending}
        error={removal.error}
        onCancel={() => setRemoving(null)}
        onConfirm={() => removing && removal.mutate(removing)}
      >
        {removing?.principalDisplayName} loses access to {application.displayName}
        {removing?.principalType === 'Group'
          ? ', and so does everybody who has it only through this group'
          : ''}
        . Running sessions there go on until the application ends them.
      </ConfirmDialog>
    </>
  );
}
