import type { ApplicationTemplate, ServicePrincipal } from '@countersign/idp/resources.ts';
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { WaitingRows } from '../controls/list-table.tsx';
import { Problem } from '../controls/problem.tsx';
import { Property, PropertyList } from '../controls/property-list.tsx';
import { SidePane } from '../controls/side-pane.tsx';
import { useOrganization } from '../shell/signed-in-person.ts';
import { SamlCard } from './saml-card.tsx';

const useStyles = makeStyles({
  intro: { margin: `0 0 ${tokens.spacingVerticalS}` },
  steps: {
    margin: 0,
    paddingLeft: '20px',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
  side: { display: 'block', color: tokens.colorNeutralForeground3 },
});

type Settings = NonNullable<ApplicationTemplate['applicationSettings']>;

const certificateNames = {
  base64: 'Certificate (Base64)',
  raw: 'Certificate (Raw)',
  metadata: 'Federation Metadata XML',
  thumbprint: 'Thumbprint',
} as const;

/** What one of the application's own fields is called on this page. */
function ourName(field: Settings['fields'][number], settings: Settings): string {
  switch (field.value) {
    case 'certificate':
      return certificateNames[settings.certificateFormat];
    case 'thumbprint':
      return 'Thumbprint';
    case 'loginUrl':
      return 'Login URL';
    case 'entityId':
      return 'Countersign Identifier';
    case 'logoutUrl':
      return 'Logout URL';
  }
}

/** The three addresses the application is given, and how it asks for them. */
export function SetUpCard(props: {
  application: ServicePrincipal;
  template: ApplicationTemplate | null | undefined;
}) {
  const styles = useStyles();
  const { application, template } = props;
  const { data, error, refetch } = useOrganization();
  const [showing, setShowing] = useState(false);
  const idp = data?.samlIdentityProvider;
  const name = application.displayName;
  const settings = template?.applicationSettings;
  return (
    <SamlCard
      number={4}
      title={`Set up ${name}`}
      action={
        template && template.setUpSteps.length > 0 ? (
          <Button appearance="subtle" onClick={() => setShowing(true)}>
            View step-by-step instructions
          </Button>
        ) : null
      }
    >
      <p className={styles.intro}>{name} is given these values, so that it sends people here to sign in.</p>
      {error && !idp ? <Problem error={error} onRetry={() => void refetch()} /> : null}
      {!idp && !error ? <WaitingRows what="the addresses" count={3} /> : null}
      {idp ? (
        <PropertyList>
          <Property label="Login URL" copy={idp.loginUrl}>
            {idp.loginUrl}
          </Property>
          <Property label="Countersign Identifier" copy={idp.entityId}>
            {idp.entityId}
          </Property>
          <Property label="Logout URL" copy={idp.logoutUrl}>
            {idp.logoutUrl}
          </Property>
        </PropertyList>
      ) : null}
      {template ? (
        <SidePane title={`Set up ${name}, step by step`} open={showing} onClose={() => setShowing(false)}>
          {settings ? (
            <div>
              <Text block>
                In {template.displayName} open <strong>{settings.path.join(' › ')}</strong>. Its fields take
                these values:
              </Text>
              <PropertyList>
                {settings.fields.map((field) => (
                  <Property key={field.label} label={field.label}>
                    {ourName(field, settings)}
                  </Property>
                ))}
              </PropertyList>
            </div>
          ) : null}
          <ol className={styles.steps}>
            {template.setUpSteps.map((step) => (
              <li key={step.text}>
                <Text size={200} className={styles.side}>
                  {step.side === 'application' ? `In ${template.displayName}` : 'Here'}
                </Text>
                {step.text}
              </li>
            ))}
          </ol>
        </SidePane>
      ) : null}
    </SamlCard>
  );
}
