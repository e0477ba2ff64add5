import type { ApplicationTemplate, Collection, ServicePrincipal } from '@countersign/idp/resources.ts';
import {
  Button,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  ProgressBar,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { GatedButton } from '../controls/gated-button.tsx';
import { TextLink } from '../controls/link-button.tsx';
import { Problem } from '../controls/problem.tsx';
import { Property, PropertyList } from '../controls/property-list.tsx';
import { SidePane } from '../controls/side-pane.tsx';
import { get, literal } from '../graph-client.ts';
import { addressOf } from '../paths.ts';
import { usePermission } from '../shell/signed-in-person.ts';
import { ApplicationLogo } from './application-logo.tsx';
import { categoryName } from './category-name.ts';
import { useInstantiate } from './instantiate.ts';

const useStyles = makeStyles({
  about: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const initiations = {
  sp: 'SAML, started by the application (SP-initiated)',
  idp: 'SAML, started here (IdP-initiated)',
  both: 'SAML, started on either side',
} as const;

/** The application that already took this template's fixed identifier, where there is one. */
function useFirstInstance(template: ApplicationTemplate | null) {
  const isFixed =
    template?.configurationUris.some((uri) => uri.usage === 'identifierUri' && uri.isFixed) ?? false;
  const query = useQuery({
    queryKey: ['servicePrincipals', 'of-template', template?.id],
    queryFn: async ({ signal }) => {
      const path = `/servicePrincipals?$filter=applicationTemplateId%20eq%20${literal(template?.id ?? '')}&$top=1`;
      return (await get<Collection<ServicePrincipal>>(path, signal)).value[0] ?? null;
    },
    enabled: isFixed,
    staleTime: 0,
  });
  return { isFixed, first: query.data ?? null, checking: isFixed && query.isPending };
}

/** What is about to be added, the name it gets here, and *Create*. */
export function AddFromGalleryPane({
  template,
  onClose,
}: {
  template: ApplicationTemplate | null;
  onClose: () => void;
}) {
  return template ? <Pane key={template.id} template={template} onClose={onClose} /> : null;
}

function Pane({ template, onClose }: { template: ApplicationTemplate; onClose: () => void }) {
  const styles = useStyles();
  const [name, setName] = useState(template.displayName);
  const { isFixed, first, checking } = useFirstInstance(template);
  const permission = usePermission('manageApplications');
  const instantiate = useInstantiate();
  const displayName = name.trim();
  const taken = first ? `${first.displayName} already uses the Identifier of this application.` : undefined;
  const reason = permission.allowed ? taken : permission.reason;
  const create = () => {
    if (displayName !== '' && !reason && !checking && !instantiate.isPending)
      instantiate.mutate({ templateId: template.id, displayName });
  };
  return (
    <SidePane
      title={template.displayName}
      open
      onClose={onClose}
      onSubmit={create}
      footer={
        <>
          <GatedButton
            appearance="primary"
            type="submit"
            reason={reason}
            busy={instantiate.isPending || checking || displayName === ''}
          >
            Create
          </GatedButton>
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      {instantiate.isPending ? (
        <Field
          validationState="none"
          validationMessage={`Adding ${displayName}. This can take a few seconds.`}
        >
          <ProgressBar aria-label={`Adding ${displayName}`} />
        </Field>
      ) : null}
      {instantiate.error ? (
        <Problem error={instantiate.error} title={`${displayName} was not added`} />
      ) : null}
      {first ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>Only one instance can be configured</MessageBarTitle>
            The Identifier of {template.displayName} is a fixed value and has to be unique in your
            organisation. It is already used by{' '}
            <TextLink to={addressOf('applicationOverview', { servicePrincipalId: first.id })}>
              {first.displayName}
            </TextLink>
            .
          </MessageBarBody>
        </MessageBar>
      ) : null}
      <div className={styles.about}>
        <ApplicationLogo name={template.displayName} size={48} />
        <Text>{template.description}</Text>
      </div>
      <Field
        label="Name"
        hint="What your people see in My Apps. You can change it later."
        {...(displayName === '' ? { validationMessage: 'The application needs a name.' } : {})}
      >
        <Input value={name} maxLength={120} autoComplete="off" onChange={(_, data) => setName(data.value)} />
      </Field>
      <PropertyList>
        <Property label="Publisher">{template.publisher}</Property>
        <Property label="Categories">{template.categories.map(categoryName).join(', ')}</Property>
        <Property label="Single sign-on mode">{initiations[template.singleSignOnInitiation]}</Property>
        <Property label="Provisioning">
          {template.supportedProvisioningTypes.length > 0 ? 'Automatic' : 'Not supported by this application'}
        </Property>
        <Property label="Address">{template.homePageUrl}</Property>
      </PropertyList>
      {isFixed && !first ? (
        <Text size={200} className={styles.quiet}>
          The Identifier of this application is a fixed value. It is filled in for you, and the application
          can be added once.
        </Text>
      ) : null}
    </SidePane>
  );
}
