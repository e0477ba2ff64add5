import type { RoleAssignment, RoleDefinition, User } from '@countersign/idp/resources.ts';
import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ListTable, WaitingRows, type Column } from '../controls/list-table.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { Problem } from '../controls/problem.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { get, getAll } from '../graph-client.ts';
import { paths } from '../paths.ts';
import { useMyRoles } from '../shell/signed-in-person.ts';
import { RolePane } from './role-pane.tsx';

const useStyles = makeStyles({
  name: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** Who holds a role, with the name the list needs. */
export type RoleHolder = {
  assignment: RoleAssignment;
  user: Pick<User, 'id' | 'displayName' | 'userPrincipalName'>;
};

async function readHolders(signal: AbortSignal): Promise<RoleHolder[]> {
  const assignments = await getAll<RoleAssignment>('/roleManagement/directory/roleAssignments', signal);
  const ids = [...new Set(assignments.map((assignment) => assignment.principalId))];
  const people = await Promise.all(ids.map((id) => get<User>(`/users/${id}`, signal)));
  const byId = new Map(people.map((user) => [user.id, user]));
  return assignments.flatMap((assignment) => {
    const user = byId.get(assignment.principalId);
    return user ? [{ assignment, user }] : [];
  });
}

export function Component() {
  const styles = useStyles();
  const [selected, setSelected] = useState<string | null>(null);
  const mine = useMyRoles().data ?? [];
  const definitions = useQuery({
    queryKey: ['roleDefinitions'],
    queryFn: ({ signal }) => getAll<RoleDefinition>('/roleManagement/directory/roleDefinitions', signal),
  });
  const holders = useQuery({
    queryKey: ['roleAssignments', 'holders'],
    queryFn: ({ signal }) => readHolders(signal),
  });
  const of = (role: RoleDefinition) =>
    holders.data?.filter((one) => one.assignment.roleDefinitionId === role.id);
  const columns: Column<RoleDefinition>[] = [
    {
      label: 'Role',
      primary: true,
      render: (role) => (
        <span className={styles.name}>
          <Text weight="semibold">{role.displayName}</Text>
          {mine.includes(role.displayName) ? <Badge appearance="tint">Yours</Badge> : null}
        </span>
      ),
    },
    { label: 'Description', render: (role) => role.description },
    {
      label: 'Administrators',
      render: (role) => {
        const names = of(role)?.map((one) => one.user.displayName);
        if (!names) return '…';
        return names.length > 3
          ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
          : names.join(', ') || 'Nobody';
      },
    },
    {
      label: 'Actions',
      actions: true,
      render: (role) => (
        <Button
          size="small"
          aria-label={`Assignments of ${role.displayName}`}
          onClick={() => setSelected(role.id)}
        >
          Assignments
        </Button>
      ),
    },
  ];
  const role = definitions.data?.find((one) => one.id === selected);
  return (
    <>
      <PageHeader
        title="Roles and administrators"
        trail={[{ label: 'Identity', to: paths.home }]}
        intro="Give each administrator the least that does the job: a role may do what it says here, and nothing else."
      />
      <ReadOnlyNotice capability="manageRoles" />
      {definitions.error ? (
        <Problem error={definitions.error} onRetry={() => void definitions.refetch()} />
      ) : null}
      {holders.error ? <Problem error={holders.error} onRetry={() => void holders.refetch()} /> : null}
      {definitions.data ? (
        <ListTable
          label="Administrator roles"
          columns={columns}
          rows={definitions.data}
          keyOf={(one) => one.id}
        />
      ) : definitions.error ? null : (
        <WaitingRows what="the roles" />
      )}
      {role ? <RolePane role={role} holders={of(role) ?? []} onClose={() => setSelected(null)} /> : null}
    </>
  );
}
