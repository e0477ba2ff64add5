import type { User } from '@countersign/idp/resources.ts';
import { Button, Text } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { GatedButton } from '../controls/gated-button.tsx';
import { useNotify } from '../controls/notify.tsx';
import { Problem } from '../controls/problem.tsx';
import { SidePane } from '../controls/side-pane.tsx';
import { patch } from '../graph-client.ts';
import { newPassword } from './new-password.ts';
import { passwordProblem } from './password.ts';
import { PasswordField } from './password-field.tsx';

/** Gives a user a new temporary password. */
export function ResetPasswordPane({ user, onClose }: { user: User; onClose: () => void }) {
  const notify = useNotify();
  const queries = useQueryClient();
  const [automatic, setAutomatic] = useState(true);
  const [password, setPassword] = useState(newPassword);
  const [problem, setProblem] = useState<string>();
  const reset = useMutation({
    mutationFn: () =>
      patch(`/users/${user.id}`, { passwordProfile: { password, forceChangePasswordNextSignIn: true } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['users'] });
      notify('success', `The password of ${user.displayName} was reset`);
      onClose();
    },
  });
  const submit = () => {
    const found = passwordProblem(password);
    setProblem(found ?? undefined);
    if (!found && !reset.isPending) reset.mutate();
  };
  return (
    <SidePane
      title="Reset password"
      open
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <GatedButton appearance="primary" type="submit" busy={reset.isPending}>
            Reset password
          </GatedButton>
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      {reset.error ? <Problem error={reset.error} title="The password was not reset" /> : null}
      <Text>
        {user.displayName} is signed out everywhere and signs in with this password, which is to be changed
        right away. Write it down before you go on: it cannot be shown again.
      </Text>
      <PasswordField
        value={password}
        automatic={automatic}
        problem={problem}
        onAutomatic={(next) => {
          setAutomatic(next);
          setPassword(next ? newPassword() : '');
        }}
        onValue={setPassword}
        onAnother={() => setPassword(newPassword())}
      />
    </SidePane>
  );
}
