import type { User, UserUpdate } from '@countersign/idp/resources.ts';
import { Button, Field, Input } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { GatedButton } from '../controls/gated-button.tsx';
import { useNotify } from '../controls/notify.tsx';
import { Problem } from '../controls/problem.tsx';
import { SidePane } from '../controls/side-pane.tsx';
import { GraphError, patch } from '../graph-client.ts';

const fields = [
  ['displayName', 'Display name'],
  ['userPrincipalName', 'User principal name'],
  ['givenName', 'First name'],
  ['surname', 'Last name'],
  ['mail', 'Mail'],
  ['mailNickname', 'Mail nickname'],
  ['jobTitle', 'Job title'],
  ['department', 'Department'],
] as const;
type Name = (typeof fields)[number][0];
type Values = Record<Name, string>;
const required: readonly Name[] = ['displayName', 'userPrincipalName', 'mailNickname'];

/** Changes what is known about a user; only what was changed is sent. */
export function EditUserPane({ user, onClose }: { user: User; onClose: () => void }) {
  const notify = useNotify();
  const queries = useQueryClient();
  const form = useForm<Values>({
    defaultValues: Object.fromEntries(fields.map(([name]) => [name, user[name] ?? ''])) as Values,
  });
  const update = useMutation({
    mutationFn: (changes: UserUpdate) => patch(`/users/${user.id}`, changes),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['users'] });
      void queries.invalidateQueries({ queryKey: ['me'] });
      notify('success', 'Properties saved');
      onClose();
    },
    onError: (error) => {
      if (!(error instanceof GraphError)) return;
      for (const [target, message] of error.targets) {
        if (fields.some(([name]) => name === target)) form.setError(target as Name, { message });
      }
    },
  });
  const save = form.handleSubmit((values) => {
    const changed = fields.filter(([name]) => values[name].trim() !== (user[name] ?? ''));
    if (changed.length === 0) return onClose();
    const changes: UserUpdate = Object.fromEntries(
      changed.map(([name]) => [name, values[name].trim() || null]),
    );
    update.mutate(changes);
  });
  return (
    <SidePane
      title={`Edit ${user.displayName}`}
      open
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <GatedButton appearance="primary" type="submit" busy={update.isPending}>
            {update.isPending ? 'Saving' : 'Save'}
          </GatedButton>
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      {update.error ? <Problem error={update.error} title="The properties were not saved" /> : null}
      {fields.map(([name, label]) => (
        <Controller
          key={name}
          control={form.control}
          name={name}
          rules={
            required.includes(name)
              ? { validate: (value) => value.trim() !== '' || `${label} must not be empty.` }
              : {}
          }
          render={({ field, fieldState }) => (
            <Field
              label={label}
              validationMessage={fieldState.error?.message ?? null}
              {...(name === 'userPrincipalName' ? { hint: 'What this person signs in with.' } : {})}
            >
              <Input {...field} autoComplete="off" />
            </Field>
          )}
        />
      ))}
    </SidePane>
  );
}
