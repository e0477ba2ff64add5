import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { NavigationRegular } from '@fluentui/react-icons/svg/navigation';
import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { BrandMark } from './brand-mark.tsx';

// Menus bring positioning with them: more than all the rest of the bar, and nobody opens one in the first second.
const PersonMenu = lazy(() =>
  import('./person-menu.tsx').then(({ PersonMenu: menu }) => ({ default: menu })),
);

const narrow = '@media (max-width: 719px)';

const useStyles = makeStyles({
  root: {
    position: 'sticky',
    top: 0,
    zIndex: 10,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    height: '52px',
    padding: `0 ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    [narrow]: { padding: `0 ${tokens.spacingHorizontalS}` },
  },
  home: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    borderRadius: tokens.borderRadiusMedium,
    padding: '4px',
    whiteSpace: 'nowrap',
  },
  place: {
    color: tokens.colorNeutralForeground3,
    borderLeft: `1px solid ${tokens.colorNeutralStroke1}`,
    paddingLeft: tokens.spacingHorizontalM,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    [narrow]: { display: 'none' },
  },
  search: {
    flexGrow: 1,
    display: 'flex',
    justifyContent: 'center',
    [narrow]: { display: 'none' },
  },
  searchOpen: {
    [narrow]: {
      display: 'flex',
      position: 'absolute',
      inset: 0,
      alignItems: 'center',
      padding: `0 ${tokens.spacingHorizontalS}`,
      backgroundColor: tokens.colorNeutralBackground1,
      zIndex: 1,
    },
  },
  onlyNarrow: { display: 'none', [narrow]: { display: 'inline-flex' } },
  spread: { display: 'none', [narrow]: { display: 'block', flexGrow: 1 } },
  menuPlace: { width: '32px' },
  menuButton: { display: 'none', '@media (max-width: 959px)': { display: 'inline-flex' } },
});

/** The bar at the top: where am I, search, who am I. */
export function Header(props: {
  homePath: string;
  place: string;
  search?: ReactNode;
  onOpenNavigation?: () => void;
  withoutAdminCenter?: boolean;
}) {
  const styles = useStyles();
  const { pathname } = useLocation();
  // On a narrow screen the search covers the bar, until another page is opened.
  const [searchingAt, setSearchingAt] = useState<string | null>(null);
  const searching = searchingAt === pathname;
  const searchPlace = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (searching) searchPlace.current?.querySelector('input')?.focus();
  }, [searching]);
  const { homePath, place, search, onOpenNavigation } = props;
  return (
    <header className={styles.root}>
      {onOpenNavigation ? (
        <Button
          className={styles.menuButton}
          appearance="subtle"
          icon={<NavigationRegular />}
          aria-label="Open navigation"
          onClick={onOpenNavigation}
        />
      ) : null}
      <Link to={homePath} className={styles.home}>
        <BrandMark />
        <Text weight="semibold" size={400}>
          Countersign
        </Text>
      </Link>
      <Text size={200} className={styles.place}>
        {place}
      </Text>
      <div ref={searchPlace} className={mergeClasses(styles.search, searching && styles.searchOpen)}>
        {search}
        {searching ? (
          <Button
            className={styles.onlyNarrow}
            appearance="subtle"
            icon={<DismissRegular />}
            aria-label="Close search"
            onClick={() => setSearchingAt(null)}
          />
        ) : null}
      </div>
      <span className={styles.spread} />
      {search && !searching ? (
        <Button
          className={styles.onlyNarrow}
          appearance="subtle"
          icon={<SearchRegular />}
          aria-label="Open search"
          onClick={() => setSearchingAt(pathname)}
        />
      ) : null}
      <Suspense fallback={<span className={styles.menuPlace} />}>
        <PersonMenu />
      </Suspense>
    </header>
  );
}
