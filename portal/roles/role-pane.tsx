import type { NewRoleAssignment, RoleAssignment, RoleDefinition } from '@countersign/idp/resources.ts';
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../controls/confirm-dialog.tsx';
import { EmptyState } from '../controls/empty-state.tsx';
import { GatedButton } from '../controls/gated-button.tsx';
import { useNotify } from '../controls/notify.tsx';
import { type PickedPrincipal, PrincipalPicker } from '../controls/principal-picker.tsx';
import { SidePane } from '../controls/side-pane.tsx';
import { post, remove } from '../graph-client.ts';
import { useMe, usePermission } from '../shell/signed-in-person.ts';
import type { RoleHolder } from './roles-page.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    padding: '8px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  who: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  add: { alignSelf: 'flex-start' },
});

/** Who holds one role, with adding and removing. */
export function RolePane(props: {
  role: RoleDefinition;
  holders: readonly RoleHolder[];
  onClose: () => void;
}) {
  const styles = useStyles();
  const { role, holders, onClose } = props;
  const notify = useNotify();
  const queries = useQueryClient();
  const me = useMe().data;
  const permission = usePermission('manageRoles');
  const reason = permission.allowed ? undefined : permission.reason;
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<RoleHolder | null>(null);
  const readAgain = () => {
    void queries.invalidateQueries({ queryKey: ['me'] });
    return queries.invalidateQueries({ queryKey: ['roleAssignments'] });
  };
  const addition = useMutation({
    mutationFn: async (chosen: PickedPrincipal[]) => {
      for (const one of chosen) {
        const assignment: NewRoleAssignment = {
          roleDefinitionId: role.id,
          principalId: one.id,
          directoryScopeId: '/',
        };
        await post<RoleAssignment>('/roleManagement/directory/roleAssignments', assignment);
      }
    },
    onSuccess: (_, chosen) => {
      setAdding(false);
      notify('success', `${chosen.map((one) => one.displayName).join(', ')}: ${role.displayName}`);
    },
    onSettled: readAgain,
  });
  const removal = useMutation({
    mutationFn: (holder: RoleHolder) =>
      remove(`/roleManagement/directory/roleAssignments/${holder.assignment.id}`),
    onSuccess: (_, holder) => {
      setRemoving(null);
      notify('success', `${holder.user.displayName} is no longer ${role.displayName}`);
      return readAgain();
    },
  });
  const add = (
    <GatedButton appearance="primary" icon={<AddRegular />} reason={reason} onClick={() => setAdding(true)}>
      Add assignments
    </GatedButton>
  );
  return (
    <SidePane
      title={role.displayName}
      open
      onClose={onClose}
      footer={<Button onClick={onClose}>Done</Button>}
    >
      <Text>{role.description}</Text>
      <div className={styles.add}>{add}</div>
      {holders.length === 0 ? (
        <EmptyState title="Nobody holds this role" />
      ) : (
        <ul className={styles.list} aria-label={`Holders of ${role.displayName}`}>
          {holders.map((holder) => (
            <li key={holder.assignment.id} className={styles.row}>
              <span className={styles.who}>
                <Text>{holder.user.displayName}</Text>
                <Text size={200} className={styles.quiet}>
                  {holder.user.userPrincipalName}
                </Text>
              </span>
              <GatedButton
                size="small"
                appearance="subtle"
                icon={<DeleteRegular />}
                reason={reason}
                ariaLabel={`Remove ${holder.user.displayName} from ${role.displayName}`}
                onClick={() => {
                  removal.reset();
                  setRemoving(holder);
                }}
              >
                Remove
              </GatedButton>
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <PrincipalPicker
          title={`Add ${role.displayName}`}
          types={['User']}
          chosen={[]}
          taken={new Map(holders.map((holder) => [holder.user.id, 'holds it already']))}
          busy={addition.isPending}
          error={addition.error}
          onSelect={(chosen) => addition.mutate(chosen)}
          onCancel={() => {
            setAdding(false);
            addition.reset();
          }}
        />
      ) : null}
      <ConfirmDialog
        open={removing !== null}
        title="Remove the role?"
        confirm="Remove"
        busy={removal.isPending}
        error={removal.error}
        onCancel={() => setRemoving(null)}
        onConfirm={() => removing && removal.mutate(removing)}
      >
        {removing?.user.id === me?.id
          ? `This takes the role ${role.displayName} from yourself. Another administrator has to give it back.`
          : `${removing?.user.displayName} can no longer do what a ${role.displayName} may.`}
      </ConfirmDialog>
    </SidePane>
  );
}
