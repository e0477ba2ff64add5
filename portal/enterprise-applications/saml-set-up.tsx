import type { ServicePrincipal } from '@countersign/idp/resources.ts';
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { ArrowSwapRegular } from '@fluentui/react-icons/svg/arrow-swap';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { useState } from 'react';
import { GatedButton } from '../controls/gated-button.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { Problem } from '../controls/problem.tsx';
import { ReadOnlyNotice } from '../controls/read-only-notice.tsx';
import { useApplication, useTemplate } from './application-data.ts';
import { applicationTrail } from './application-layout.tsx';
import { AttributesCard } from './attributes-card.tsx';
import { BasicSamlConfigurationCard } from './basic-saml-configuration-card.tsx';
import { BasicSamlConfigurationPane } from './basic-saml-configuration-pane.tsx';
import { CertificatesCard } from './certificates-card.tsx';
import { missingSettings } from './saml-readiness.ts';
import { SamlCard } from './saml-card.tsx';
import { SetUpCard } from './set-up-card.tsx';
import { TestPane } from './test-pane.tsx';

const useStyles = makeStyles({
  cards: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  test: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalM },
  notice: { marginBottom: tokens.spacingVerticalL },
});

/** *Set up Single Sign-On with SAML*: five cards, in the order in which they are worked through. */
export function SamlSetUp({
  application,
  onChangeMode,
}: {
  application: ServicePrincipal;
  onChangeMode: () => void;
}) {
  const styles = useStyles();
  const [open, setOpen] = useState<'basic' | 'test' | null>(null);
  const registration = useApplication(application.applicationId);
  const template = useTemplate(application.applicationTemplateId);
  const missing = missingSettings(application, template);
  const untestable =
    missing.length > 0 ? `Save ${missing.join(', ')} in Basic SAML Configuration first.` : undefined;
  return (
    <>
      <PageHeader
        title="Set up Single Sign-On with SAML"
        windowTitle={`${application.displayName} – Single sign-on`}
        trail={applicationTrail(application)}
        toolbar={
          <>
            <GatedButton icon={<PlayRegular />} reason={untestable} onClick={() => setOpen('test')}>
              Test this application
            </GatedButton>
            <Button appearance="subtle" icon={<ArrowSwapRegular />} onClick={onChangeMode}>
              Change single sign-on mode
            </Button>
          </>
        }
      />
      <ReadOnlyNotice capability="manageApplications" />
      {missing.length > 0 ? (
        <MessageBar intent="info" layout="multiline" className={styles.notice}>
          <MessageBarBody>
            <MessageBarTitle>Not ready for sign-in</MessageBarTitle>
            {missing.join(', ')} {missing.length === 1 ? 'is' : 'are'} still missing. The values stand in{' '}
            {application.displayName}
            {template?.applicationSettings ? ` under ${template.applicationSettings.path.join(' › ')}` : ''}.
          </MessageBarBody>
        </MessageBar>
      ) : null}
      {registration.error && !registration.data ? (
        <Problem error={registration.error} onRetry={() => void registration.refetch()} />
      ) : null}
      <div className={styles.cards}>
        <BasicSamlConfigurationCard
          application={application}
          template={template}
          onEdit={() => setOpen('basic')}
        />
        <AttributesCard />
        <CertificatesCard application={application} />
        <SetUpCard application={application} template={template} />
        <SamlCard number={5} title={`Test single sign-on with ${application.displayName}`}>
          <div className={styles.test}>
            <p>See whether signing in works, as yourself or as somebody else, before your people try.</p>
            <GatedButton appearance="primary" reason={untestable} onClick={() => setOpen('test')}>
              Test
            </GatedButton>
          </div>
        </SamlCard>
      </div>
      {open === 'basic' && registration.data ? (
        <BasicSamlConfigurationPane
          application={application}
          registration={registration.data}
          template={template}
          onClose={() => setOpen(null)}
        />
      ) : null}
      <TestPane application={application} open={open === 'test'} onClose={() => setOpen(null)} />
    </>
  );
}
