import type { Group, GroupMember, GroupUpdate, Reference } from '@countersign/idp/resources.ts';
import { Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { PeopleTeamRegular } from '@fluentui/react-icons/svg/people-team';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useNavigate, useParams } from 'react-router';
import { ConfirmDialog } from '../controls/confirm-dialog.tsx';
import { instantText } from '../controls/date-text.ts';
import { EmptyState } from '../controls/empty-state.tsx';
import { GatedButton } from '../controls/gated-button.tsx';
import { GraphTable } from '../controls/graph-table.tsx';
import { LinkButton, TextLink } from '../controls/link-button.tsx';
import { type Column, WaitingRows } from '../controls/list-table.tsx';
import { useNotify } from '../controls/notify.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { type PickedPrincipal, PrincipalPicker } from '../controls/principal-picker.tsx';
import { Problem } from '../controls/problem.tsx';
import { Property, PropertyList } from '../controls/property-list.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { SidePane } from '../controls/side-pane.tsx';
import { get, GraphError, patch, post, remove } from '../graph-client.ts';
import { useGraphList } from '../graph-list.ts';
import { addressOf, paths } from '../paths.ts';
import { usePermission } from '../shell/signed-in-person.ts';
import { GroupFields, type GroupValues, propertiesOf } from './group-fields.tsx';

const useStyles = makeStyles({
  section: { marginTop: tokens.spacingVerticalXXL },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    marginBottom: tokens.spacingVerticalS,
  },
});

const trail = [
  { label: 'Identity', to: paths.home },
  { label: 'Groups', to: paths.groups },
];

export function Component() {
  const { groupId = '' } = useParams();
  const query = useQuery({
    queryKey: ['groups', 'one', groupId],
    queryFn: ({ signal }) => get<Group>(`/groups/${encodeURIComponent(groupId)}`, signal),
  });
  const gone = query.error instanceof GraphError && query.error.status === 404;
  if (query.data && !gone) return <GroupPage group={query.data} />;
  return (
    <>
      <PageHeader title="Group" trail={trail} />
      {gone ? (
        <EmptyState
          title="This group does not exist"
          action={<LinkButton to={paths.groups}>All groups</LinkButton>}
        >
          It may have been deleted.
        </EmptyState>
      ) : query.error ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <WaitingRows what="the group" />
      )}
    </>
  );
}

function GroupPage({ group }: { group: Group }) {
  const navigate = useNavigate();
  const notify = useNotify();
  const queries = useQueryClient();
  const permission = usePermission('manageGroups');
  const reason = permission.allowed ? undefined : permission.reason;
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const deletion = useMutation({
    mutationFn: () => remove(`/groups/${group.id}`),
    onSuccess: () => {
      notify('success', `${group.displayName} was deleted`);
      void queries.invalidateQueries({ queryKey: ['groups', 'one', group.id], refetchType: 'none' });
      void queries.invalidateQueries({ queryKey: ['groups', 'list'] });
      void queries.invalidateQueries({ queryKey: ['groups', 'count'] });
      void navigate(paths.groups);
    },
  });
  return (
    <>
      <PageHeader
        title={group.displayName}
        trail={trail}
        {...(group.description ? { intro: group.description } : {})}
        toolbar={
          <>
            <GatedButton icon={<EditRegular />} reason={reason} onClick={() => setOpen('edit')}>
              Edit properties
            </GatedButton>
            <GatedButton
              appearance="subtle"
              icon={<DeleteRegular />}
              reason={reason}
              onClick={() => setOpen('delete')}
            >
              Delete
            </GatedButton>
          </>
        }
      />
      <ReadOnlyNotice capability="manageGroups" />
      <PropertyList>
        <Property label="Object ID" copy={group.id}>
          {group.id}
        </Property>
        <Property label="Group type">Security</Property>
        <Property label="Membership type">Assigned</Property>
        <Property label="Created on">{instantText(group.createdDateTime)}</Property>
      </PropertyList>
      <Members group={group} reason={reason} />
      {open === 'edit' ? <EditGroupPane group={group} onClose={() => setOpen(null)} /> : null}
      <ConfirmDialog
        open={open === 'delete'}
        title={`Delete ${group.displayName}?`}
        confirm="Delete"
        busy={deletion.isPending}
        error={deletion.error}
        onCancel={() => setOpen(null)}
        onConfirm={() => deletion.mutate()}
      >
        Its members keep their accounts, but lose the applications they have only through this group. This
        cannot be undone.
      </ConfirmDialog>
    </>
  );
}

function Members({ group, reason }: { group: Group; reason: string | undefined }) {
  const styles = useStyles();
  const notify = useNotify();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<GroupMember | null>(null);
  const resource = `members/${group.id}`;
  const list = useGraphList<GroupMember>(resource, `/groups/${group.id}/members?$top=50`);
  const readAgain = () => queries.invalidateQueries({ queryKey: [resource] });
  const addition = useMutation({
    mutationFn: async (chosen: PickedPrincipal[]) => {
      for (const one of chosen) {
        const reference: Reference = {
          '@odata.id': `${window.location.origin}/v1.0/directoryObjects/${one.id}`,
        };
        await post<undefined>(`/groups/${group.id}/members/$ref`, reference);
      }
    },
    onSuccess: (_, chosen) => {
      setAdding(false);
      notify(
        'success',
        chosen.length === 1 ? `${chosen[0]?.displayName} is a member now` : `${chosen.length} members added`,
      );
    },
    // Also after a refusal: those before it are members.
    onSettled: readAgain,
  });
  const removal = useMutation({
    mutationFn: (member: GroupMember) => remove(`/groups/${group.id}/members/${member.id}/$ref`),
    onSuccess: (_, member) => {
      setRemoving(null);
      notify('success', `${member.displayName} is no longer a member`);
      return readAgain();
    },
  });
  const columns: Column<GroupMember>[] = [
    {
      label: 'Display name',
      primary: true,
      render: (member) => (
        <TextLink to={addressOf('user', { userId: member.id })}>{member.displayName}</TextLink>
      ),
    },
    { label: 'User principal name', render: (member) => member.userPrincipalName },
    {
      label: 'Actions',
      actions: true,
      render: (member) => (
        <GatedButton
          size="small"
          appearance="subtle"
          icon={<DeleteRegular />}
          reason={reason}
          ariaLabel={`Remove ${member.displayName} from the group`}
          onClick={() => {
            removal.reset();
            setRemoving(member);
          }}
        >
          Remove
        </GatedButton>
      ),
    },
  ];
  const add = (
    <GatedButton
      appearance="primary"
      icon={<AddRegular />}
      reason={reason}
      onClick={() => {
        addition.reset();
        setAdding(true);
      }}
    >
      Add members
    </GatedButton>
  );
  const isEmpty = list.rows?.length === 0;
  const taken = new Map((list.rows ?? []).map((member) => [member.id, 'already a member']));
  return (
    <section className={styles.section} aria-labelledby="members">
      <div className={styles.head}>
        <Subtitle2 as="h2" id="members">
          Members
        </Subtitle2>
        {isEmpty ? null : add}
      </div>
      <GraphTable
        label="Members"
        list={list}
        columns={columns}
        keyOf={(member) => member.id}
        empty={
          <EmptyState title="No members yet" icon={<PeopleTeamRegular />} action={add}>
            Members get every application this group is assigned to.
          </EmptyState>
        }
      />
      {adding ? (
        <PrincipalPicker
          title="Add members"
          types={['User']}
          chosen={[]}
          taken={taken}
          busy={addition.isPending}
          error={addition.error}
          onSelect={(chosen) => addition.mutate(chosen)}
          onCancel={() => setAdding(false)}
        />
      ) : null}
      <ConfirmDialog
        open={removing !== null}
        title="Remove the member?"
        confirm="Remove"
        busy={removal.isPending}
        error={removal.error}
        onCancel={() => setRemoving(null)}
        onConfirm={() => removing && removal.mutate(removing)}
      >
        {removing?.displayName} loses the applications that come only through {group.displayName}.
      </ConfirmDialog>
    </section>
  );
}

function EditGroupPane({ group, onClose }: { group: Group; onClose: () => void }) {
  const notify = useNotify();
  const queries = useQueryClient();
  const form = useForm<GroupValues>({
    defaultValues: { displayName: group.displayName, description: group.description ?? '' },
  });
  const update = useMutation({
    mutationFn: (changes: GroupUpdate) => patch(`/groups/${group.id}`, changes),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['groups'] });
      notify('success', 'Properties saved');
      onClose();
    },
  });
  const save = form.handleSubmit((values) => update.mutate(propertiesOf(values)));
  return (
    <SidePane
      title={`Edit ${group.displayName}`}
      open
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <GatedButton appearance="primary" type="submit" busy={update.isPending}>
            Save
          </GatedButton>
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      {update.error ? <Problem error={update.error} title="The properties were not saved" /> : null}
      <GroupFields control={form.control} />
    </SidePane>
  );
}
