import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { AppsListRegular } from '@fluentui/react-icons/svg/apps-list';
import { GridRegular } from '@fluentui/react-icons/svg/grid';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { HomeRegular } from '@fluentui/react-icons/svg/home';
import { PeopleTeamRegular } from '@fluentui/react-icons/svg/people-team';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { ShieldRegular } from '@fluentui/react-icons/svg/shield';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { type PathName, paths } from '../paths.ts';
import { navigation } from './site-map.ts';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: '1px',
  },
  nested: { paddingLeft: '26px' },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    minHeight: '32px',
    padding: '0 10px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    fontSize: tokens.fontSizeBase300,
    ':hover': { backgroundColor: tokens.colorNeutralBackground3Hover },
    '& svg': { fontSize: '18px', flexShrink: 0 },
  },
  heading: { fontWeight: tokens.fontWeightSemibold, marginTop: tokens.spacingVerticalM },
  group: { marginTop: tokens.spacingVerticalXS },
  current: {
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
  },
});

const icons: Partial<Record<PathName, ReactNode>> = {
  users: <PersonRegular />,
  groups: <PeopleTeamRegular />,
  enterpriseApplications: <AppsListRegular />,
  roles: <ShieldRegular />,
  signInLogs: <HistoryRegular />,
};

function useCurrent(page: PathName): boolean {
  const { pathname } = useLocation();
  const path = paths[page];
  return page === 'home' ? pathname === path : pathname === path || pathname.startsWith(`${path}/`);
}

function Entry(props: {
  label: string;
  page: PathName;
  marks: boolean;
  icon?: ReactNode;
  className?: string;
  onFollow?: (() => void) | undefined;
}) {
  const styles = useStyles();
  const current = useCurrent(props.page) && props.marks;
  return (
    <Link
      to={paths[props.page]}
      className={mergeClasses(styles.link, props.className, current && styles.current)}
      onClick={props.onFollow}
      {...(current ? { 'aria-current': 'page' as const } : {})}
    >
      {props.icon}
      {props.label}
    </Link>
  );
}

/**
 * The menu in the words administrators know: Identity › Applications › Enterprise applications. It is short enough to
 * stay open as a whole, so each step of such a path is on the screen; a step in the middle leads to its first page.
 */
export function Navigation({ onFollow }: { onFollow?: () => void }) {
  const styles = useStyles();
  return (
    <nav aria-label="Main">
      <ul className={styles.list}>
        <li>
          <Entry onFollow={onFollow} label="Home" page="home" marks icon={<HomeRegular />} />
        </li>
        <li>
          <Entry onFollow={onFollow} label="Identity" page="home" marks={false} className={styles.heading} />
          <ul className={styles.list}>
            {navigation.map((group) => (
              <li key={group.label} className={styles.group}>
                <Entry
                  onFollow={onFollow}
                  label={group.label}
                  page={group.page}
                  marks={false}
                  icon={icons[group.page]}
                />
                <ul className={mergeClasses(styles.list, styles.nested)}>
                  {group.links.map((link) => (
                    <li key={link.label}>
                      <Entry onFollow={onFollow} label={link.label} page={link.page} marks />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </li>
        <li>
          <Entry
            onFollow={onFollow}
            label="My Apps"
            page="myApps"
            marks={false}
            icon={<GridRegular />}
            className={styles.heading}
          />
        </li>
      </ul>
    </nav>
  );
}
