import type { AppRoleAssignment, Collection, ServicePrincipal } from '@countersign/idp/resources.ts';
import { Badge, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { instantText } from '../controls/date-text.ts';
import { PageHeader } from '../controls/page-header.tsx';
import { Property, PropertyList } from '../controls/property-list.tsx';
import { get } from '../graph-client.ts';
import { addressOf } from '../paths.ts';
import { assignmentsOf } from './application-data.ts';
import { applicationTrail, useThisApplication } from './application-layout.tsx';
import { ApplicationLogo } from './application-logo.tsx';
import { isConfigured } from './saml-readiness.ts';

const useStyles = makeStyles({
  head: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    alignItems: 'flex-start',
    marginBottom: tokens.spacingVerticalXL,
  },
  properties: { flexGrow: 1, minWidth: 0 },
  heading: { marginBottom: tokens.spacingVerticalM },
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 300px), 1fr))',
    gap: tokens.spacingHorizontalM,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  tile: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    height: '100%',
    boxSizing: 'border-box',
    padding: '16px',
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  quiet: { color: tokens.colorNeutralForeground3, flexGrow: 1 },
  go: { display: 'flex', alignItems: 'center', gap: '4px', color: tokens.colorBrandForegroundLink },
  title: { display: 'flex', justifyContent: 'space-between', gap: tokens.spacingHorizontalS },
});

function useIsAssigned(application: ServicePrincipal) {
  const { data } = useQuery({
    queryKey: [assignmentsOf(application.id), 'any'],
    queryFn: ({ signal }) =>
      get<Collection<AppRoleAssignment>>(
        `/servicePrincipals/${application.id}/appRoleAssignedTo?$top=1`,
        signal,
      ),
  });
  return (data?.value.length ?? 0) > 0;
}

function Step(props: {
  number: number;
  title: string;
  what: string;
  action: string;
  to: string;
  done: boolean;
}) {
  const styles = useStyles();
  return (
    <li>
      <Link to={props.to} className={styles.tile}>
        <span className={styles.title}>
          <Text weight="semibold">
            {props.number}. {props.title}
          </Text>
          {props.done ? (
            <Badge appearance="tint" color="success">
              Done
            </Badge>
          ) : null}
        </span>
        <Text size={200} className={styles.quiet}>
          {props.what}
        </Text>
        <Text size={200} className={styles.go}>
          {props.action} <ChevronRightRegular aria-hidden />
        </Text>
      </Link>
    </li>
  );
}

export function Component() {
  const styles = useStyles();
  const application = useThisApplication();
  const assigned = useIsAssigned(application);
  const at = { servicePrincipalId: application.id };
  return (
    <>
      <PageHeader
        title={application.displayName}
        windowTitle={`${application.displayName} – Overview`}
        trail={applicationTrail()}
      />
      <div className={styles.head}>
        <ApplicationLogo name={application.displayName} size={56} />
        <div className={styles.properties}>
          <PropertyList>
            <Property label="Name" copy={application.displayName}>
              {application.displayName}
            </Property>
            <Property label="Application ID" copy={application.appId}>
              {application.appId}
            </Property>
            <Property label="Object ID" copy={application.id}>
              {application.id}
            </Property>
            <Property label="Created on">{instantText(application.createdDateTime)}</Property>
            <Property label="Enabled for users to sign-in">
              {application.accountEnabled ? 'Yes' : 'No'}
            </Property>
          </PropertyList>
        </div>
      </div>
      <section aria-labelledby="getting-started">
        <Subtitle2 as="h2" block id="getting-started" className={styles.heading}>
          Getting started
        </Subtitle2>
        <ol className={styles.tiles}>
          <Step
            number={1}
            title="Assign users and groups"
            what="Provide specific users and groups access to the application"
            action="Assign users and groups"
            to={addressOf('applicationUsersAndGroups', at)}
            done={assigned}
          />
          <Step
            number={2}
            title="Set up single sign on"
            what="Enable users to sign into the application with the account of their organisation"
            action="Get started"
            to={addressOf('singleSignOn', at)}
            done={isConfigured(application)}
          />
          <Step
            number={3}
            title="Watch the sign-ins"
            what="See who signed in, and the cause and the cure where it did not work"
            action="Open the sign-in logs"
            to={addressOf('applicationSignInLogs', at)}
            done={false}
          />
        </ol>
      </section>
    </>
  );
}
