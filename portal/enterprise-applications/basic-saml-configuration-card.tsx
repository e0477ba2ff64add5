import type { ApplicationTemplate, ServicePrincipal } from '@countersign/idp/resources.ts';
import { makeStyles } from '@fluentui/react-components';
import { Property, PropertyList } from '../controls/property-list.tsx';
import { usePermission } from '../shell/signed-in-person.ts';
import { SamlCard } from './saml-card.tsx';

const useStyles = makeStyles({ line: { display: 'block' } });

function Lines({ values }: { values: readonly string[] }) {
  const styles = useStyles();
  if (values.length === 0) return null;
  return values.map((value) => (
    <span key={value} className={styles.line}>
      {value}
    </span>
  ));
}

export function BasicSamlConfigurationCard(props: {
  application: ServicePrincipal;
  template: ApplicationTemplate | null | undefined;
  onEdit: () => void;
}) {
  const { application, template, onEdit } = props;
  const permission = usePermission('manageApplications');
  const needsSignOnUrl = template?.singleSignOnInitiation === 'sp';
  return (
    <SamlCard
      number={1}
      title="Basic SAML Configuration"
      onEdit={onEdit}
      editReason={permission.allowed ? undefined : permission.reason}
    >
      <PropertyList>
        <Property label="Identifier (Entity ID)" none="Required">
          {application.identifierUris.length > 0 ? <Lines values={application.identifierUris} /> : null}
        </Property>
        <Property label="Reply URL (Assertion Consumer Service URL)" none="Required">
          {application.replyUrls.length > 0 ? <Lines values={application.replyUrls} /> : null}
        </Property>
        <Property label="Sign on URL" none={needsSignOnUrl ? 'Required' : 'Optional'}>
          {application.loginUrl}
        </Property>
        <Property label="Relay State (Optional)" none="Optional">
          {application.samlSingleSignOnSettings?.relayState}
        </Property>
        <Property label="Logout Url (Optional)" none="Optional">
          {application.logoutUrl}
        </Property>
      </PropertyList>
    </SamlCard>
  );
}
