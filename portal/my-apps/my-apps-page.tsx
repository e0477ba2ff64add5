import type { AssignedResource } from '@countersign/idp/resources.ts';
import { makeStyles, SearchBox, Text, Title2, tokens } from '@fluentui/react-components';
import { GridRegular } from '@fluentui/react-icons/svg/grid';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { EmptyState } from '../controls/empty-state.tsx';
import { WaitingRows } from '../controls/list-table.tsx';
import { Notifications } from '../controls/notify.tsx';
import { Problem } from '../controls/problem.tsx';
import { ApplicationLogo } from '../enterprise-applications/application-logo.tsx';
import { getAll } from '../graph-client.ts';
import { paths } from '../paths.ts';
import { Header } from '../shell/header.tsx';
import { useOrganization } from '../shell/signed-in-person.ts';

const useStyles = makeStyles({
  main: {
    maxWidth: '1100px',
    margin: '0 auto',
    padding: '32px',
    '@media (max-width: 719px)': { padding: '20px 16px' },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalL,
    marginBottom: tokens.spacingVerticalXXL,
  },
  search: { width: '320px', maxWidth: '100%' },
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))',
    gap: tokens.spacingHorizontalL,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  tile: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalM,
    height: '100%',
    boxSizing: 'border-box',
    padding: '22px 12px 16px',
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    textAlign: 'center',
    overflowWrap: 'anywhere',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover, boxShadow: tokens.shadow4 },
  },
});

function Tile({ application }: { application: AssignedResource }) {
  const styles = useStyles();
  // Followed on the origin this page came from: the session's cookie lives there.
  const { pathname, search } = new URL(application.userAccessUrl, window.location.origin);
  return (
    <li>
      <a className={styles.tile} href={`${pathname}${search}`} target="_blank" rel="noopener">
        <ApplicationLogo name={application.displayName} size={56} />
        <Text weight="semibold">{application.displayName}</Text>
      </a>
    </li>
  );
}

/** The applications of the person who is signed in. */
export function Component() {
  const styles = useStyles();
  const [text, setText] = useState('');
  const organization = useOrganization().data;
  const { data, error, refetch } = useQuery({
    queryKey: ['me', 'appRoleAssignedResources'],
    queryFn: ({ signal }) => getAll<AssignedResource>('/me/appRoleAssignedResources', signal),
  });
  useEffect(() => {
    document.title = 'My Apps · Countersign';
  }, []);
  const wanted = text.trim().toLocaleLowerCase();
  const shown = data?.filter((application) => application.displayName.toLocaleLowerCase().includes(wanted));
  return (
    <>
      <Header
        homePath={paths.myApps}
        place={organization ? `My Apps · ${organization.displayName}` : 'My Apps'}
      />
      <main className={styles.main}>
        <div className={styles.head}>
          <Title2 as="h1">My Apps</Title2>
          {data && data.length > 0 ? (
            <SearchBox
              className={styles.search}
              aria-label="Search apps"
              placeholder="Search apps"
              value={text}
              onChange={(_, change) => setText(change.value)}
            />
          ) : null}
        </div>
        {error && !data ? <Problem error={error} onRetry={() => void refetch()} /> : null}
        {!data && !error ? <WaitingRows what="your apps" /> : null}
        {data?.length === 0 ? (
          <EmptyState title="No apps yet" icon={<GridRegular />}>
            As soon as an administrator assigns an application to you, it appears here.
          </EmptyState>
        ) : null}
        {shown && shown.length > 0 ? (
          <ul className={styles.tiles} aria-label="Apps">
            {shown.map((application) => (
              <Tile key={application.id} application={application} />
            ))}
          </ul>
        ) : null}
        {data && data.length > 0 && shown?.length === 0 ? (
          <EmptyState title={`None of your apps is called “${text.trim()}”`} />
        ) : null}
      </main>
      <Notifications />
    </>
  );
}
