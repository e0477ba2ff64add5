import { Button, Field, Input, ProgressBar, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import { GatedButton } from '../controls/gated-button.tsx';
import { Problem } from '../controls/problem.tsx';
import { SidePane } from '../controls/side-pane.tsx';
import { usePermission } from '../shell/signed-in-person.ts';
import { nonGalleryTemplateId } from './application-data.ts';
import { useInstantiate } from './instantiate.ts';

/** An application the gallery does not know. */
export function CreateYourOwnPane({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [name, setName] = useState('');
  const permission = usePermission('manageApplications');
  const instantiate = useInstantiate();
  const displayName = name.trim();
  const create = () => {
    if (displayName !== '' && permission.allowed && !instantiate.isPending)
      instantiate.mutate({ templateId: nonGalleryTemplateId, displayName });
  };
  return (
    <SidePane
      title="Create your own application"
      open={open}
      onClose={onClose}
      onSubmit={create}
      footer={
        <>
          <GatedButton
            appearance="primary"
            type="submit"
            reason={
              permission.allowed
                ? displayName
                  ? undefined
                  : 'Give the application a name first.'
                : permission.reason
            }
            busy={instantiate.isPending}
          >
            Create
          </GatedButton>
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      {instantiate.isPending ? <ProgressBar aria-label={`Adding ${displayName}`} /> : null}
      {instantiate.error ? (
        <Problem error={instantiate.error} title="The application was not created" />
      ) : null}
      <Field label="What's the name of your app?">
        <Input value={name} maxLength={120} autoComplete="off" onChange={(_, data) => setName(data.value)} />
      </Field>
      <Field label="What do you want to do with it?" hint="The greyed ways are not available yet.">
        <RadioGroup defaultValue="nonGallery">
          <Radio
            value="proxy"
            disabled
            label="Configure Application Proxy for secure remote access to an on-premises application"
          />
          <Radio
            value="registration"
            disabled
            label="Register an application you're developing (OpenID Connect)"
          />
          <Radio
            value="nonGallery"
            label="Integrate any other application you don't find in the gallery (Non-gallery)"
          />
        </RadioGroup>
      </Field>
    </SidePane>
  );
}
