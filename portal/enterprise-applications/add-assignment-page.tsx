import type { AppRoleAssignment, NewAppRoleAssignment } from '@countersign/idp/resources.ts';
import { Button, Field, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { GatedButton } from '../controls/gated-button.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { useNotify } from '../controls/notify.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { type PickedPrincipal, PrincipalPicker } from '../controls/principal-picker.tsx';
import { Problem } from '../controls/problem.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { getAll, post } from '../graph-client.ts';
import { addressOf } from '../paths.ts';
import { usePermission } from '../shell/signed-in-person.ts';
import { assignmentsOf, defaultAccessId } from './application-data.ts';
import { applicationTrail, useThisApplication } from './application-layout.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '560px' },
  choose: {
    justifyContent: 'space-between',
    textAlign: 'start',
    padding: '12px 16px',
    fontWeight: tokens.fontWeightRegular,
    maxWidth: 'none',
    width: '100%',
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  chosen: { listStyleType: 'none', margin: 0, padding: 0 },
  one: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS },
});

export function Component() {
  const styles = useStyles();
  const application = useThisApplication();
  const permission = usePermission('assignApplications');
  const notify = useNotify();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [picking, setPicking] = useState(false);
  const [chosen, setChosen] = useState<PickedPrincipal[]>([]);
  const roles = application.appRoles.filter((role) => role.isEnabled);
  const [appRoleId, setAppRoleId] = useState(roles[0]?.id ?? defaultAccessId);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const back = addressOf('applicationUsersAndGroups', { servicePrincipalId: application.id });
  const existing = useQuery({
    queryKey: [assignmentsOf(application.id), 'all'],
    queryFn: ({ signal }) =>
      getAll<AppRoleAssignment>(`/servicePrincipals/${application.id}/appRoleAssignedTo?$top=999`, signal),
  });
  const taken = new Map(
    (existing.data ?? [])
      .filter((assignment) => assignment.appRoleId === appRoleId)
      .map((assignment) => [assignment.principalId, 'already assigned']),
  );

  const assign = async () => {
    setBusy(true);
    setError(null);
    const waiting = [...chosen];
    try {
      for (const principal of chosen) {
        const assignment: NewAppRoleAssignment = {
          principalId: principal.id,
          resourceId: application.id,
          appRoleId,
        };
        await post<AppRoleAssignment>(`/servicePrincipals/${application.id}/appRoleAssignedTo`, assignment);
        waiting.shift();
      }
      const [only] = chosen;
      notify(
        'success',
        chosen.length === 1 && only
          ? `${only.displayName} is assigned`
          : `${chosen.length} assignments added`,
        `Access to ${application.displayName} takes effect at once.`,
      );
      await queries.invalidateQueries({ queryKey: [assignmentsOf(application.id)] });
      void navigate(back);
    } catch (cause) {
      // Those before the refused one are assigned; the rest stays chosen so that nothing is asked for twice.
      setChosen(waiting);
      setError(cause);
      setBusy(false);
      void queries.invalidateQueries({ queryKey: [assignmentsOf(application.id)] });
    }
  };

  const reason = permission.allowed
    ? chosen.length === 0
      ? 'Select at least one user or group first.'
      : undefined
    : permission.reason;
  return (
    <>
      <PageHeader
        title="Add Assignment"
        windowTitle={`${application.displayName} – Add Assignment`}
        trail={[...applicationTrail(application), { label: 'Users and groups', to: back }]}
        intro={`Give people access to ${application.displayName}.`}
      />
      <ReadOnlyNotice capability="assignApplications" />
      <section className={styles.form} aria-label="Add Assignment">
        {error ? <Problem error={error} title="Not everybody was assigned" /> : null}
        <Button
          className={styles.choose}
          icon={<ChevronRightRegular />}
          iconPosition="after"
          aria-haspopup="dialog"
          onClick={() => setPicking(true)}
        >
          <span className={styles.words}>
            <Text weight="semibold">Users and groups</Text>
            <Text className={styles.quiet}>
              {chosen.length === 0 ? 'None Selected' : `${chosen.length} selected`}
            </Text>
          </span>
        </Button>
        {chosen.length > 0 ? (
          <ul className={styles.chosen} aria-label="Selected users and groups">
            {chosen.map((principal) => (
              <li key={principal.id} className={styles.one}>
                <span className={styles.words}>
                  <Text>{principal.displayName}</Text>
                  <Text size={200} className={styles.quiet}>
                    {principal.detail}
                  </Text>
                </span>
                <Button
                  appearance="subtle"
                  icon={<DismissRegular />}
                  aria-label={`Do not assign ${principal.displayName}`}
                  onClick={() => setChosen(chosen.filter((one) => one.id !== principal.id))}
                />
              </li>
            ))}
          </ul>
        ) : null}
        <Field
          label="Select a role"
          {...(roles.length === 0
            ? { hint: 'This application has no roles of its own: everybody gets Default Access.' }
            : {})}
        >
          <Select value={appRoleId} onChange={(_, data) => setAppRoleId(data.value)}>
            {roles.length === 0 ? <option value={defaultAccessId}>Default Access</option> : null}
            {roles.map((role) => (
              <option key={role.id} value={role.id}>
                {role.displayName}
              </option>
            ))}
          </Select>
        </Field>
        <div className={styles.buttons}>
          <GatedButton appearance="primary" reason={reason} busy={busy} onClick={() => void assign()}>
            {busy ? 'Assigning' : 'Assign'}
          </GatedButton>
          <LinkButton to={back}>Cancel</LinkButton>
        </div>
      </section>
      {picking ? (
        <PrincipalPicker
          title="Users and groups"
          types={['User', 'Group']}
          chosen={chosen}
          taken={taken}
          onSelect={(next) => {
            setChosen(next);
            setPicking(false);
          }}
          onCancel={() => setPicking(false)}
        />
      ) : null}
    </>
  );
}
