import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DocumentRegular } from '@fluentui/react-icons/svg/document';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { InfoRegular } from '@fluentui/react-icons/svg/info';
import { KeyRegular } from '@fluentui/react-icons/svg/key';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import type { ReactNode } from 'react';
import type { ServicePrincipal } from '@countersign/idp/resources.ts';
import { NavLink, Outlet, useOutletContext, useParams } from 'react-router';
import { EmptyState } from '../controls/empty-state.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { WaitingRows } from '../controls/list-table.tsx';
import { PageHeader } from '../controls/page-header.tsx';
import { Problem } from '../controls/problem.tsx';
import { GraphError } from '../graph-client.ts';
import { addressOf, type PathName, paths } from '../paths.ts';
import { useServicePrincipal } from './application-data.ts';

const wide = '@media (min-width: 1100px)';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    [wide]: { flexDirection: 'row', gap: '28px' },
  },
  menu: { flexShrink: 0, minWidth: 0, [wide]: { width: '180px' } },
  list: {
    display: 'flex',
    gap: '2px',
    listStyleType: 'none',
    margin: 0,
    padding: '0 0 6px',
    flexWrap: 'wrap',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    [wide]: {
      flexDirection: 'column',
      position: 'sticky',
      top: '76px',
      borderBottom: 'none',
      flexWrap: 'nowrap',
    },
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    minHeight: '34px',
    padding: '0 10px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    whiteSpace: 'nowrap',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    '& svg': { fontSize: '18px', flexShrink: 0, '@media (max-width: 719px)': { display: 'none' } },
  },
  current: {
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
  },
  page: { flexGrow: 1, minWidth: 0 },
});

type ApplicationPage = Extract<
  PathName,
  | 'applicationOverview'
  | 'applicationProperties'
  | 'applicationUsersAndGroups'
  | 'singleSignOn'
  | 'applicationSignInLogs'
>;

const menu: readonly { label: string; page: ApplicationPage; icon: ReactNode }[] = [
  { label: 'Overview', page: 'applicationOverview', icon: <InfoRegular /> },
  { label: 'Properties', page: 'applicationProperties', icon: <DocumentRegular /> },
  { label: 'Users and groups', page: 'applicationUsersAndGroups', icon: <PeopleRegular /> },
  { label: 'Single sign-on', page: 'singleSignOn', icon: <KeyRegular /> },
  { label: 'Sign-in logs', page: 'applicationSignInLogs', icon: <HistoryRegular /> },
];

/** The application a page below is about. */
export const useThisApplication = () => useOutletContext<ServicePrincipal>();

/** The way back from a page of an application. */
export function applicationTrail(application?: ServicePrincipal) {
  const trail = [
    { label: 'Identity', to: paths.home },
    { label: 'Enterprise applications', to: paths.enterpriseApplications },
  ];
  if (!application) return trail;
  const to = addressOf('applicationOverview', { servicePrincipalId: application.id });
  return [...trail, { label: application.displayName, to }];
}

/** The menu of one enterprise application, and the page chosen in it. */
export function Component() {
  const styles = useStyles();
  const { servicePrincipalId = '' } = useParams();
  const { data, error, refetch } = useServicePrincipal(servicePrincipalId);
  const gone = error instanceof GraphError && error.status === 404;
  if (gone || (error && !data)) {
    return (
      <>
        <PageHeader title="Enterprise application" trail={applicationTrail()} />
        {gone ? (
          <EmptyState
            title="This application does not exist"
            action={<LinkButton to={paths.enterpriseApplications}>All applications</LinkButton>}
          >
            It may have been deleted.
          </EmptyState>
        ) : (
          <Problem error={error} onRetry={() => void refetch()} />
        )}
      </>
    );
  }
  return (
    <div className={styles.root}>
      <nav aria-label="Application" className={styles.menu}>
        <ul className={styles.list}>
          {menu.map(({ label, page, icon }) => (
            <li key={page}>
              <NavLink
                to={addressOf(page, { servicePrincipalId })}
                className={({ isActive }) => mergeClasses(styles.link, isActive && styles.current)}
              >
                {icon}
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.page}>
        {data ? <Outlet context={data} /> : <WaitingRows what="the application" />}
      </div>
    </div>
  );
}
