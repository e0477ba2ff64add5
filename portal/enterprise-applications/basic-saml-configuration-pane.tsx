import type {
  Application,
  ApplicationTemplate,
  ConfigurationUri,
  ServicePrincipal,
} from '@countersign/idp/resources.ts';
import { Button, Field, Input } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../controls/confirm-dialog.tsx';
import { focusFirstInvalid } from '../controls/first-invalid.ts';
import { GatedButton } from '../controls/gated-button.tsx';
import { useNotify } from '../controls/notify.tsx';
import { Problem } from '../controls/problem.tsx';
import { SidePane } from '../controls/side-pane.tsx';
import { GraphError, patch } from '../graph-client.ts';
import { fieldOf, formOf, type SamlForm, updatesOf } from './saml-form.ts';
import { messageFor } from './value-message.ts';
import { Patterns, ValueRows } from './value-rows.tsx';

const title = 'Basic SAML Configuration';

type PaneProps = {
  application: ServicePrincipal;
  registration: Application;
  template: ApplicationTemplate | null | undefined;
  onClose: () => void;
};

/** Identifier, Reply URL, Sign on URL, Relay State and Logout Url of one application. */
export function BasicSamlConfigurationPane({ application, template, onClose, registration }: PaneProps) {
  const notify = useNotify();
  const queries = useQueryClient();
  const [values, setValues] = useState<SamlForm>(() => formOf(registration, application));
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map());
  const [leaving, setLeaving] = useState(false);

  const patternsFor = (usage: ConfigurationUri['usage']) =>
    template?.configurationUris.find((uri) => uri.usage === usage)?.values ?? [];
  const updates = updatesOf(values, registration, application);
  const changed = Boolean(updates.application || updates.servicePrincipal);

  const save = async () => {
    if (saving) return;
    if (!changed) return onClose();
    setSaving(true);
    setError(null);
    setRefusals(new Map());
    try {
      if (updates.application) await patch(`/applications/${application.applicationId}`, updates.application);
      if (updates.servicePrincipal)
        await patch(`/servicePrincipals/${application.id}`, updates.servicePrincipal);
      notify('success', `${title} saved`);
      onClose();
    } catch (cause) {
      const beside = new Map<string, string>();
      if (cause instanceof GraphError) {
        for (const [target, message] of cause.targets) {
          const field = fieldOf(target, values);
          if (field) beside.set(field, message);
        }
      }
      setRefusals(beside);
      setError(cause);
      focusFirstInvalid();
    } finally {
      setSaving(false);
      // Also after a refusal: the registration may be saved while the rest is not.
      void queries.invalidateQueries({ queryKey: ['applications', 'one'] });
      void queries.invalidateQueries({ queryKey: ['servicePrincipals'] });
    }
  };
  /** A refusal is about the value that was sent; it goes as soon as that value is changed. */
  const settle = (name: string) =>
    setRefusals(
      (now) => new Map([...now].filter(([field]) => field !== name && !field.startsWith(`${name}.`))),
    );
  const text = (name: 'signOnUrl' | 'relayState' | 'logoutUrl') => ({
    value: values[name],
    autoComplete: 'off',
    spellCheck: false,
    onChange: (_: unknown, data: { value: string }) => {
      settle(name);
      setValues({ ...values, [name]: data.value });
    },
  });
  const several = (
    name: 'identifiers' | 'replyUrls',
    defaultName: 'defaultIdentifier' | 'defaultReplyUrl',
  ) => ({
    rows: values[name],
    defaultRow: values[defaultName],
    refusals,
    name,
    onChange: (rows: { value: string }[], defaultRow: number) => {
      settle(name);
      setValues({ ...values, [name]: rows, [defaultName]: defaultRow });
    },
  });
  const saidBeside =
    error instanceof GraphError &&
    error.targets.size > 0 &&
    [...error.targets.keys()].every((target) => fieldOf(target, values) !== undefined);
  const needsSignOnUrl = template?.singleSignOnInitiation === 'sp';
  const signOnPatterns = patternsFor('loginUrl');
  const logoutPatterns = patternsFor('logoutUrl');
  return (
    <>
      <SidePane
        title={title}
        open
        onClose={() => (changed && !saving ? setLeaving(true) : onClose())}
        onSubmit={() => void save()}
        footer={
          <>
            <GatedButton appearance="primary" type="submit" busy={saving}>
              {saving ? 'Saving' : 'Save'}
            </GatedButton>
            <Button onClick={onClose}>Cancel</Button>
          </>
        }
      >
        {error ? (
          <Problem
            error={error}
            title="The settings were not saved"
            {...(saidBeside ? { sentence: 'Correct the fields that are marked below.' } : {})}
          />
        ) : null}
        <ValueRows
          label="Identifier (Entity ID)"
          addLabel="Add identifier"
          hint="The name the application gives itself. Unique in your organisation."
          {...several('identifiers', 'defaultIdentifier')}
          patterns={patternsFor('identifierUri')}
        />
        <ValueRows
          label="Reply URL (Assertion Consumer Service URL)"
          addLabel="Add reply URL"
          hint="Where the application expects the assertion. Compared to the letter, query included."
          {...several('replyUrls', 'defaultReplyUrl')}
          patterns={patternsFor('redirectUri')}
        />
        <div>
          <Field
            label="Sign on URL"
            hint={
              needsSignOnUrl
                ? 'Where signing in begins. This application starts every sign-in itself, so the tile leads here.'
                : 'Where signing in begins. Leave it empty to start sign-ins from here.'
            }
            {...messageFor(values.signOnUrl, signOnPatterns, refusals.get('signOnUrl'))}
          >
            <Input
              {...text('signOnUrl')}
              {...(signOnPatterns[0] ? { placeholder: signOnPatterns[0] } : {})}
            />
          </Field>
          <Patterns patterns={signOnPatterns} />
        </div>
        <Field
          label="Relay State (Optional)"
          hint="The page of the application people land on, where it takes one."
          {...messageFor('', [], refusals.get('relayState'))}
        >
          <Input {...text('relayState')} />
        </Field>
        <div>
          <Field
            label="Logout Url (Optional)"
            hint="Where the application is told that somebody signed out."
            {...messageFor(values.logoutUrl, logoutPatterns, refusals.get('logoutUrl'))}
          >
            <Input {...text('logoutUrl')} />
          </Field>
          <Patterns patterns={logoutPatterns} />
        </div>
      </SidePane>
      <ConfirmDialog
        open={leaving}
        title="Leave without saving?"
        confirm="Leave"
        onCancel={() => setLeaving(false)}
        onConfirm={onClose}
      >
        What you changed in {title} is not saved yet.
      </ConfirmDialog>
    </>
  );
}
