import { makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { Notifications } from '../controls/notify.tsx';
import { paths } from '../paths.ts';
import { Header } from './header.tsx';
import { HeaderSearch } from './header-search.tsx';
import { Navigation } from './navigation.tsx';
import { NoAdministrator } from './no-administrator.tsx';
import { useMyRoles, useOrganization } from './signed-in-person.ts';

const NavigationDrawer = lazy(() =>
  import('./navigation-drawer.tsx').then(({ NavigationDrawer: drawer }) => ({ default: drawer })),
);

const useStyles = makeStyles({
  skip: {
    position: 'absolute',
    left: '8px',
    top: '-60px',
    zIndex: 30,
    padding: '8px 14px',
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForegroundLink,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow8,
    ':focus': { top: '8px' },
  },
  columns: { display: 'flex', alignItems: 'stretch', minHeight: 'calc(100vh - 53px)' },
  side: {
    width: '252px',
    flexShrink: 0,
    boxSizing: 'border-box',
    padding: '12px 10px',
    backgroundColor: tokens.colorNeutralBackground2,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 959px)': { display: 'none' },
  },
  sticky: { position: 'sticky', top: '65px' },
  main: {
    flexGrow: 1,
    minWidth: 0,
    boxSizing: 'border-box',
    padding: '22px 32px 48px',
    outlineStyle: 'none',
    '@media (max-width: 719px)': { padding: '16px 16px 40px' },
  },
  page: { maxWidth: '1180px' },
  going: { position: 'fixed', bottom: '20px', right: '20px', zIndex: 20 },
});

/** Follows the page: puts a lost focus at the page's beginning and tells screen readers its title. */
function usePageChange() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const previous = useRef(pathname);
  const [announcement, setAnnouncement] = useState('');
  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    const timer = setTimeout(() => {
      setAnnouncement(document.title);
      // The pressed link is gone with the page it was on; one in a menu that stays keeps the focus.
      if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
    }, 150);
    return () => clearTimeout(timer);
  }, [pathname]);
  return { main, announcement };
}

const spoken = makeStyles({
  only: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

/** Header, menu and the page of the admin center. */
export function AdminShell() {
  const styles = useStyles();
  const spokenStyles = spoken();
  const organization = useOrganization().data;
  const roles = useMyRoles().data;
  const { pathname } = useLocation();
  const [menuWasOpened, setMenuWasOpened] = useState(false);
  const [menuOpenAt, setMenuOpenAt] = useState<string | null>(null);
  const { main, announcement } = usePageChange();
  const going = useNavigation().state === 'loading';
  return (
    <>
      <a href="#page" className={styles.skip}>
        Skip to the page
      </a>
      <Header
        homePath={paths.home}
        place={organization ? `Admin center · ${organization.displayName}` : 'Admin center'}
        search={<HeaderSearch />}
        onOpenNavigation={() => {
          setMenuWasOpened(true);
          setMenuOpenAt(pathname);
        }}
      />
      {/* Open only for the page it was opened on: following a link closes it. */}
      {menuWasOpened ? (
        <Suspense fallback={null}>
          <NavigationDrawer open={menuOpenAt === pathname} onClose={() => setMenuOpenAt(null)} />
        </Suspense>
      ) : null}
      <div className={styles.columns}>
        <div className={styles.side}>
          <div className={styles.sticky}>
            <Navigation />
          </div>
        </div>
        <main id="page" ref={main} tabIndex={-1} className={styles.main}>
          <div className={styles.page}>{roles?.length === 0 ? <NoAdministrator /> : <Outlet />}</div>
        </main>
      </div>
      <div className={spokenStyles.only} aria-live="polite">
        {announcement}
      </div>
      {going ? (
        <div className={styles.going}>
          <Spinner size="small" label="Opening the page" />
        </div>
      ) : null}
      <Notifications />
      <ScrollRestoration />
    </>
  );
}
