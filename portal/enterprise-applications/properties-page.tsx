import type { ServicePrincipal } from '@countersign/idp/resources.ts';
import { Button, Field, Input, makeStyles, Switch, Textarea, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Control, Controller, useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../controls/confirm-dialog.tsx';
import { GatedButton } from '../controls/gated-button.tsx';
import { LeaveGuard } from '../controls/leave-guard.tsx';
import { useNotify } from '../controls/notify.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { Problem } from '../controls/problem.tsx';
import { Property, PropertyList } from '../controls/property-list.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { paths } from '../paths.ts';
import { usePermission } from '../shell/signed-in-person.ts';
import { useApplicationWrites } from './application-data.ts';
import { applicationTrail, useThisApplication } from './application-layout.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '760px' },
  toolbar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Hides the tile in My Apps. */
const hiddenTag = 'HideApp';
const longestNotes = 1024;

type Values = {
  displayName: string;
  accountEnabled: boolean;
  appRoleAssignmentRequired: boolean;
  visible: boolean;
  notes: string;
};

function valuesOf(application: ServicePrincipal): Values {
  return {
    displayName: application.displayName,
    accountEnabled: application.accountEnabled,
    appRoleAssignmentRequired: application.appRoleAssignmentRequired,
    visible: !application.tags.includes(hiddenTag),
    notes: application.notes ?? '',
  };
}

export function Component() {
  const styles = useStyles();
  const application = useThisApplication();
  const permission = usePermission('manageApplications');
  const reason = permission.allowed ? undefined : permission.reason;
  const notify = useNotify();
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const { updateServicePrincipal, deleteApplication } = useApplicationWrites(application);
  const form = useForm<Values>({ values: valuesOf(application), resetOptions: { keepDirtyValues: true } });
  const { isDirty } = form.formState;
  const unsaved = useRef(false);
  useEffect(() => {
    unsaved.current = isDirty;
  }, [isDirty]);
  const hasUnsaved = useCallback(() => unsaved.current, []);

  const save = form.handleSubmit(async (values) => {
    const otherTags = application.tags.filter((tag) => tag !== hiddenTag);
    await updateServicePrincipal
      .mutateAsync({
        displayName: values.displayName.trim(),
        accountEnabled: values.accountEnabled,
        appRoleAssignmentRequired: values.appRoleAssignmentRequired,
        tags: values.visible ? otherTags : [...otherTags, hiddenTag],
        notes: values.notes.trim() || null,
      })
      .then(
        () => {
          form.reset(values);
          notify('success', 'Properties saved');
        },
        () => {}, // Shown above the form.
      );
  });

  return (
    <>
      <PageHeader
        title="Properties"
        windowTitle={`${application.displayName} – Properties`}
        trail={applicationTrail(application)}
        toolbar={
          <>
            <GatedButton
              appearance="primary"
              icon={<SaveRegular />}
              reason={reason ?? (isDirty ? undefined : 'Nothing was changed yet.')}
              busy={updateServicePrincipal.isPending}
              onClick={() => void save()}
            >
              Save
            </GatedButton>
            <Button disabled={!isDirty} onClick={() => form.reset(valuesOf(application))}>
              Discard
            </Button>
            <GatedButton
              appearance="subtle"
              icon={<DeleteRegular />}
              reason={reason}
              onClick={() => setDeleting(true)}
            >
              Delete
            </GatedButton>
          </>
        }
      />
      <ReadOnlyNotice capability="manageApplications" />
      <form className={styles.form} onSubmit={(event) => void save(event)} noValidate>
        {updateServicePrincipal.error ? (
          <Problem error={updateServicePrincipal.error} title="The properties were not saved" />
        ) : null}
        <YesOrNo
          control={form.control}
          disabled={Boolean(reason)}
          name="accountEnabled"
          label="Enabled for users to sign-in?"
          hint="No: nobody can sign in to this application."
        />
        <Controller
          control={form.control}
          name="displayName"
          rules={{ validate: (value) => value.trim() !== '' || 'The application needs a name.' }}
          render={({ field, fieldState }) => (
            <Field
              label="Name"
              hint="Shown in My Apps."
              validationMessage={fieldState.error?.message ?? null}
            >
              <Input {...field} maxLength={120} readOnly={Boolean(reason)} autoComplete="off" />
            </Field>
          )}
        />
        <PropertyList>
          <Property label="User access URL" copy={application.userAccessUrl}>
            {application.userAccessUrl}
          </Property>
          <Property label="Application ID" copy={application.appId}>
            {application.appId}
          </Property>
          <Property label="Object ID" copy={application.id}>
            {application.id}
          </Property>
          <Property label="Reply URL" none="Set it in Single sign-on">
            {application.replyUrls[0]}
          </Property>
        </PropertyList>
        <YesOrNo
          control={form.control}
          disabled={Boolean(reason)}
          name="appRoleAssignmentRequired"
          label="Assignment required?"
          hint="No: everybody in your organisation can sign in to it."
        />
        <YesOrNo
          control={form.control}
          disabled={Boolean(reason)}
          name="visible"
          label="Visible to users?"
          hint="No: assigned people do not see a tile in My Apps."
        />
        <Controller
          control={form.control}
          name="notes"
          render={({ field }) => (
            <Field label="Notes" hint={`${field.value.length} of ${longestNotes} characters`}>
              <Textarea
                {...field}
                maxLength={longestNotes}
                rows={4}
                resize="vertical"
                readOnly={Boolean(reason)}
              />
            </Field>
          )}
        />
      </form>
      <LeaveGuard when={hasUnsaved} what="the properties" />
      <ConfirmDialog
        open={deleting}
        title={`Delete ${application.displayName}?`}
        confirm="Delete"
        busy={deleteApplication.isPending}
        error={deleteApplication.error}
        onCancel={() => setDeleting(false)}
        onConfirm={() =>
          deleteApplication.mutate(undefined, {
            onSuccess: () => {
              notify('success', `${application.displayName} was deleted`);
              unsaved.current = false;
              void navigate(paths.enterpriseApplications);
            },
          })
        }
      >
        Nobody can sign in to it any more. Its settings, its signing certificates and all assignments are
        deleted, and this cannot be undone.
      </ConfirmDialog>
    </>
  );
}

function YesOrNo(props: {
  control: Control<Values>;
  name: 'accountEnabled' | 'appRoleAssignmentRequired' | 'visible';
  label: string;
  hint: string;
  disabled: boolean;
}) {
  const { control, name, label, hint, disabled } = props;
  return (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <Field label={label} hint={hint}>
          <Switch
            checked={field.value}
            label={field.value ? 'Yes' : 'No'}
            disabled={disabled}
            onChange={(_, data) => field.onChange(data.checked)}
          />
        </Field>
      )}
    />
  );
}
