import type { Group, NewGroup } from '@countersign/idp/resources.ts';
import { Field, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { GatedButton } from '../controls/gated-button.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { useNotify } from '../controls/notify.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { Problem } from '../controls/problem.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { GraphError, post } from '../graph-client.ts';
import { addressOf, paths } from '../paths.ts';
import { usePermission } from '../shell/signed-in-person.ts';
import { GroupFields, type GroupValues, propertiesOf } from './group-fields.tsx';
import { groupMailNickname } from './mail-nickname.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '640px' },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS },
});

export function Component() {
  const styles = useStyles();
  const navigate = useNavigate();
  const notify = useNotify();
  const queries = useQueryClient();
  const permission = usePermission('manageGroups');
  const form = useForm<GroupValues>({ defaultValues: { displayName: '', description: '' } });
  const create = useMutation({
    mutationFn: (body: NewGroup) => post<Group>('/groups', body),
    onSuccess: (group) => {
      void queries.invalidateQueries({ queryKey: ['groups'] });
      notify('success', `${group.displayName} was created`, 'Now add its members.');
      void navigate(addressOf('group', { groupId: group.id }));
    },
    onError: (error) => {
      if (!(error instanceof GraphError)) return;
      for (const [target, message] of error.targets) {
        if (target === 'displayName' || target === 'description') form.setError(target, { message });
      }
    },
  });
  const submit = form.handleSubmit((values) => {
    if (create.isPending || !permission.allowed) return;
    const properties = propertiesOf(values);
    create.mutate({
      ...properties,
      mailNickname: groupMailNickname(properties.displayName),
      mailEnabled: false,
      securityEnabled: true,
    });
  });
  return (
    <>
      <PageHeader
        title="New group"
        trail={[
          { label: 'Identity', to: paths.home },
          { label: 'Groups', to: paths.groups },
        ]}
      />
      <ReadOnlyNotice capability="manageGroups" />
      <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        {create.error ? <Problem error={create.error} title="The group was not created" /> : null}
        <Field label="Group type" hint="Microsoft 365 groups carry mail and are not available here.">
          <Select defaultValue="security">
            <option value="security">Security</option>
          </Select>
        </Field>
        <GroupFields control={form.control} />
        <div className={styles.buttons}>
          <GatedButton
            appearance="primary"
            type="submit"
            reason={permission.allowed ? undefined : permission.reason}
            busy={create.isPending}
          >
            {create.isPending ? 'Creating' : 'Create'}
          </GatedButton>
          <LinkButton to={paths.groups}>Cancel</LinkButton>
        </div>
      </form>
    </>
  );
}
