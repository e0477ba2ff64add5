import type { NewUser, User } from '@countersign/idp/resources.ts';
import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Select,
  Switch,
  Tab,
  TabList,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type FieldPath, useForm, useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { CopyButton } from '../controls/copy-button.tsx';
import { focusFirstInvalid } from '../controls/first-invalid.ts';
import { GatedButton } from '../controls/gated-button.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { useNotify } from '../controls/notify.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { Problem } from '../controls/problem.tsx';
import { Property, PropertyList } from '../controls/property-list.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { GraphError, post } from '../graph-client.ts';
import { paths } from '../paths.ts';
import { useOrganization, usePermission } from '../shell/signed-in-person.ts';
import { newPassword } from './new-password.ts';
import { passwordProblem } from './password.ts';
import { PasswordField } from './password-field.tsx';
import { mailNicknameFrom, nameProblem, takeOverDomain, wholeName } from './user-principal-name.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '640px' },
  tabs: { marginBottom: tokens.spacingVerticalL, marginLeft: '-12px', flexWrap: 'wrap' },
  name: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: tokens.spacingHorizontalS,
    alignItems: 'start',
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

type Values = {
  local: string;
  domain: string;
  displayName: string;
  derivesNickname: boolean;
  mailNickname: string;
  automaticPassword: boolean;
  password: string;
  accountEnabled: boolean;
  givenName: string;
  surname: string;
  jobTitle: string;
  department: string;
};
type Step = 'basics' | 'properties' | 'review';

const fieldOfTarget: Record<string, { field: FieldPath<Values>; step: Step }> = {
  userPrincipalName: { field: 'local', step: 'basics' },
  displayName: { field: 'displayName', step: 'basics' },
  mailNickname: { field: 'mailNickname', step: 'basics' },
  passwordProfile: { field: 'password', step: 'basics' },
  'passwordProfile.password': { field: 'password', step: 'basics' },
  givenName: { field: 'givenName', step: 'properties' },
  surname: { field: 'surname', step: 'properties' },
  jobTitle: { field: 'jobTitle', step: 'properties' },
  department: { field: 'department', step: 'properties' },
};

function bodyOf(values: Values): NewUser {
  const text = (value: string) => (value.trim() === '' ? null : value.trim());
  return {
    accountEnabled: values.accountEnabled,
    displayName: values.displayName.trim(),
    mailNickname: values.mailNickname.trim(),
    userPrincipalName: wholeName(values),
    passwordProfile: { password: values.password, forceChangePasswordNextSignIn: true },
    givenName: text(values.givenName),
    surname: text(values.surname),
    jobTitle: text(values.jobTitle),
    department: text(values.department),
  };
}

export function Component() {
  const organization = useOrganization();
  const domains = organization.data?.verifiedDomains;
  if (organization.error && !domains) return <Problem error={organization.error} />;
  if (!domains) return <PageHeader title="Create new user" />;
  const ordered = domains.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
  return <NewUserForm domains={ordered.map((domain) => domain.name.toLowerCase())} />;
}

function NewUserForm({ domains }: { domains: readonly string[] }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const notify = useNotify();
  const queries = useQueryClient();
  const permission = usePermission('manageUsers');
  const [step, setStep] = useState<Step>('basics');
  const [noted, setNoted] = useState(false);
  const steps = useRef<HTMLDivElement>(null);
  const form = useForm<Values>({
    defaultValues: {
      local: '',
      domain: domains[0] ?? '',
      displayName: '',
      derivesNickname: true,
      mailNickname: '',
      automaticPassword: true,
      password: newPassword(),
      accountEnabled: true,
      givenName: '',
      surname: '',
      jobTitle: '',
      department: '',
    },
  });
  // The button that led to a step is gone with the step before: on to the name of the new one.
  const shownStep = useRef(step);
  useEffect(() => {
    if (shownStep.current === step) return;
    shownStep.current = step;
    steps.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }, [step]);
  const values = useWatch({ control: form.control, compute: (now: Values) => now });
  const { errors } = form.formState;
  const create = useMutation({
    mutationFn: (body: NewUser) => post<User>('/users', body),
    onSuccess: (user) => {
      void queries.invalidateQueries({ queryKey: ['users'] });
      notify('success', `${user.displayName} was created`, `Signs in as ${user.userPrincipalName}.`);
      void navigate(paths.users);
    },
    onError: (error) => {
      if (!(error instanceof GraphError)) return;
      for (const [target, message] of error.targets) {
        const place = fieldOfTarget[target];
        if (!place) continue;
        form.setError(place.field, { message });
        setStep(place.step);
      }
      focusFirstInvalid();
    },
  });

  const set = (name: FieldPath<Values>, value: string | boolean) => {
    form.setValue(name, value as never, { shouldDirty: true });
    form.clearErrors(name);
  };
  const setLocal = (local: string) => {
    set('local', local);
    if (values.derivesNickname) set('mailNickname', mailNicknameFrom(local));
  };
  /** Reads the domain out of a whole name as soon as the field is left. */
  const settleName = () => {
    const parts = takeOverDomain(form.getValues('local'), form.getValues('domain'), domains);
    setLocal(parts.local);
    set('domain', parts.domain);
  };
  /** Puts a message at every field in the way. True when there is none. */
  const check = (): boolean => {
    settleName();
    const now = form.getValues();
    const problems: [FieldPath<Values>, string | null][] = [
      ['local', nameProblem(now, domains)],
      ['displayName', now.displayName.trim() === '' ? 'Enter a display name.' : null],
      ['mailNickname', now.mailNickname.trim() === '' ? 'Enter a mail nickname.' : null],
      ['password', passwordProblem(now.password)],
    ];
    const found = problems.filter(([, message]) => message !== null);
    for (const [field, message] of found) form.setError(field, { message: message ?? '' });
    if (found.length > 0) {
      setStep('basics');
      focusFirstInvalid();
    }
    return found.length === 0;
  };
  const review = () => {
    if (check()) setStep('review');
  };
  const submit = () => {
    if (step !== 'review') return review();
    if (permission.allowed && !create.isPending && check()) create.mutate(bodyOf(form.getValues()));
  };
  const text = (
    name: 'displayName' | 'mailNickname' | 'givenName' | 'surname' | 'jobTitle' | 'department',
  ) => ({
    value: values[name],
    autoComplete: 'off',
    onChange: (_: unknown, data: { value: string }) => set(name, data.value),
  });
  const message = (name: FieldPath<Values>) => {
    const problem = errors[name as keyof Values]?.message;
    return problem ? { validationMessage: problem } : {};
  };

  return (
    <>
      <PageHeader
        title="Create new user"
        trail={[
          { label: 'Identity', to: paths.home },
          { label: 'Users', to: paths.users },
        ]}
      />
      <ReadOnlyNotice capability="manageUsers" />
      <div ref={steps}>
        <TabList
          className={styles.tabs}
          selectedValue={step}
          onTabSelect={(_, data) => {
            if (data.value === 'review') review();
            else setStep(data.value as Step);
          }}
        >
          <Tab value="basics">Basics</Tab>
          <Tab value="properties">Properties</Tab>
          <Tab value="review">Review + create</Tab>
        </TabList>
      </div>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {create.error ? <Problem error={create.error} title="The user was not created" /> : null}
        {step === 'basics' ? (
          <>
            <div className={styles.name}>
              <Field label="User principal name" {...message('local')}>
                <Input
                  value={values.local}
                  placeholder="B.Simon"
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(_, data) => setLocal(data.value)}
                  onBlur={settleName}
                />
              </Field>
              <Field label="Domain">
                <Select value={values.domain} onChange={(_, data) => set('domain', data.value)}>
                  {domains.map((domain) => (
                    <option key={domain} value={domain}>
                      @{domain}
                    </option>
                  ))}
                </Select>
              </Field>
            </div>
            <Field label="Display name" {...message('displayName')}>
              <Input {...text('displayName')} />
            </Field>
            <div>
              <Field label="Mail nickname" {...message('mailNickname')}>
                <Input {...text('mailNickname')} readOnly={values.derivesNickname} />
              </Field>
              <Checkbox
                label="Derive from user principal name"
                checked={values.derivesNickname}
                onChange={(_, data) => {
                  set('derivesNickname', data.checked === true);
                  if (data.checked === true) set('mailNickname', mailNicknameFrom(values.local));
                }}
              />
            </div>
            <PasswordField
              value={values.password}
              automatic={values.automaticPassword}
              problem={errors.password?.message}
              onAutomatic={(automatic) => {
                set('automaticPassword', automatic);
                set('password', automatic ? newPassword() : '');
                setNoted(!automatic);
              }}
              onValue={(value) => set('password', value)}
              onAnother={() => {
                set('password', newPassword());
                setNoted(false);
              }}
              onNoted={() => setNoted(true)}
            />
            <Switch
              label="Account enabled"
              checked={values.accountEnabled}
              onChange={(_, data) => set('accountEnabled', data.checked)}
            />
          </>
        ) : null}
        {step === 'properties' ? (
          <>
            <Field label="First name" {...message('givenName')}>
              <Input {...text('givenName')} />
            </Field>
            <Field label="Last name" {...message('surname')}>
              <Input {...text('surname')} />
            </Field>
            <Field label="Job title" {...message('jobTitle')}>
              <Input {...text('jobTitle')} />
            </Field>
            <Field label="Department" {...message('department')}>
              <Input {...text('department')} />
            </Field>
          </>
        ) : null}
        {step === 'review' ? (
          <>
            {noted ? null : (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>
                  You have not looked at the password yet, and it cannot be shown again later. Copy it now:{' '}
                  <span onClickCapture={() => setNoted(true)}>
                    <CopyButton value={values.password} what="password" size="small" />
                  </span>
                </MessageBarBody>
              </MessageBar>
            )}
            <PropertyList>
              <Property label="User principal name">{wholeName(values)}</Property>
              <Property label="Display name">{values.displayName}</Property>
              <Property label="Mail nickname">{values.mailNickname}</Property>
              <Property label="Password">
                {values.automaticPassword ? 'Auto-generated' : 'Set by you'}, to be changed at the first
                sign-in
              </Property>
              <Property label="Account enabled">{values.accountEnabled ? 'Yes' : 'No'}</Property>
              <Property label="First name">{values.givenName}</Property>
              <Property label="Last name">{values.surname}</Property>
              <Property label="Job title">{values.jobTitle}</Property>
              <Property label="Department">{values.department}</Property>
            </PropertyList>
          </>
        ) : null}
        <div className={styles.buttons}>
          {step === 'review' ? (
            <>
              <GatedButton
                appearance="primary"
                type="submit"
                reason={permission.allowed ? undefined : permission.reason}
                busy={create.isPending}
              >
                {create.isPending ? 'Creating' : 'Create'}
              </GatedButton>
              <Button onClick={() => setStep('basics')}>Previous</Button>
            </>
          ) : (
            <>
              <Button appearance="primary" type="submit">
                Review + create
              </Button>
              {step === 'basics' ? (
                <Button onClick={() => setStep('properties')}>Next: Properties</Button>
              ) : (
                <Button onClick={() => setStep('basics')}>Previous</Button>
              )}
            </>
          )}
          <LinkButton to={paths.users} appearance="subtle">
            Cancel
          </LinkButton>
        </div>
      </form>
    </>
  );
}
