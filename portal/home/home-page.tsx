import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { AppsListRegular } from '@fluentui/react-icons/svg/apps-list';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { GridRegular } from '@fluentui/react-icons/svg/grid';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { PeopleTeamRegular } from '@fluentui/react-icons/svg/people-team';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { ShieldRegular } from '@fluentui/react-icons/svg/shield';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Collection } from '@countersign/idp/resources.ts';
import { GatedLinkButton } from '../controls/gated-button.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { Property, PropertyList } from '../controls/property-list.tsx';
import { get } from '../graph-client.ts';
import { paths } from '../paths.ts';
import { useMe, useMyRoles, useOrganization, usePermission } from '../shell/signed-in-person.ts';

const useStyles = makeStyles({
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 250px), 1fr))',
    gap: tokens.spacingHorizontalM,
    listStyleType: 'none',
    margin: `0 0 ${tokens.spacingVerticalXXL}`,
    padding: 0,
  },
  tile: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr auto',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    height: '100%',
    boxSizing: 'border-box',
    padding: '16px',
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': {
      backgroundColor: tokens.colorNeutralBackground1Hover,
      border: `1px solid ${tokens.colorNeutralStroke1}`,
    },
  },
  icon: {
    display: 'grid',
    placeItems: 'center',
    width: '40px',
    height: '40px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontSize: '22px',
  },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
  section: { marginBottom: tokens.spacingVerticalXXL },
  heading: { marginBottom: tokens.spacingVerticalS },
});

/** How many there are, where I may know it. */
function useCount(resource: string) {
  const { data } = useQuery({
    queryKey: [resource, 'count'],
    queryFn: ({ signal }) => get<Collection<unknown>>(`/${resource}?$top=1&$count=true`, signal),
  });
  return data?.['@odata.count'];
}

function Tile(props: { to: string; icon: ReactNode; label: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <li>
      <Link to={props.to} className={styles.tile}>
        <span className={styles.icon} aria-hidden>
          {props.icon}
        </span>
        <span className={styles.words}>
          <Text weight="semibold">{props.label}</Text>
          <Text size={200} className={styles.quiet}>
            {props.children}
          </Text>
        </span>
        <ChevronRightRegular aria-hidden />
      </Link>
    </li>
  );
}

function Count({ of, one, many }: { of: number | undefined; one: string; many: string }) {
  return of === undefined ? many : `${of.toLocaleString()} ${of === 1 ? one : many}`;
}

export function Component() {
  const styles = useStyles();
  const me = useMe().data;
  const roles = useMyRoles().data;
  const organization = useOrganization().data;
  const applications = useCount('servicePrincipals');
  const users = useCount('users');
  const groups = useCount('groups');
  const mayAddApplications = usePermission('manageApplications');
  const mayAddUsers = usePermission('manageUsers');
  const firstName = me ? (me.givenName ?? me.displayName) : '';
  return (
    <>
      <PageHeader
        title={firstName ? `Welcome, ${firstName}` : 'Welcome'}
        windowTitle="Home"
        intro={
          organization ? `This is where ${organization.displayName} decides who signs in to what.` : undefined
        }
        toolbar={
          <>
            <GatedLinkButton
              to={paths.gallery}
              appearance="primary"
              reason={mayAddApplications.allowed ? undefined : mayAddApplications.reason}
            >
              Add an application
            </GatedLinkButton>
            <GatedLinkButton to={paths.newUser} reason={mayAddUsers.allowed ? undefined : mayAddUsers.reason}>
              Create a user
            </GatedLinkButton>
          </>
        }
      />
      <ul className={styles.tiles}>
        <Tile to={paths.enterpriseApplications} icon={<AppsListRegular />} label="Enterprise apps">
          <Count of={applications} one="application" many="applications" />
        </Tile>
        <Tile to={paths.users} icon={<PersonRegular />} label="Users">
          <Count of={users} one="user" many="users" />
        </Tile>
        <Tile to={paths.groups} icon={<PeopleTeamRegular />} label="Groups">
          <Count of={groups} one="group" many="groups" />
        </Tile>
        <Tile to={paths.roles} icon={<ShieldRegular />} label="Roles & admins">
          Who may change what
        </Tile>
        <Tile to={paths.signInLogs} icon={<HistoryRegular />} label="Sign-in logs">
          Each sign-in, with its cause where it failed
        </Tile>
        <Tile to={paths.myApps} icon={<GridRegular />} label="My Apps">
          What the people of your organisation see
        </Tile>
      </ul>
      <section className={styles.section} aria-labelledby="organization">
        <Subtitle2 as="h2" block id="organization" className={styles.heading}>
          Organisation
        </Subtitle2>
        <PropertyList>
          <Property label="Name">{organization?.displayName}</Property>
          <Property label="Tenant ID" copy={organization?.id}>
            {organization?.id}
          </Property>
          <Property label="Verified domains">
            {organization?.verifiedDomains.map((domain) => domain.name).join(', ')}
          </Property>
          <Property label="My roles" none="No administrator role">
            {roles?.join(', ')}
          </Property>
        </PropertyList>
      </section>
    </>
  );
}
