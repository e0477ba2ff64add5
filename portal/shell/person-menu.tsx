import {
  Avatar,
  makeStyles,
  Menu,
  MenuButton,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemLink,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Text,
  tokens,
} from '@fluentui/react-components';
import { AppsListRegular } from '@fluentui/react-icons/svg/apps-list';
import { GridRegular } from '@fluentui/react-icons/svg/grid';
import { SignOutRegular } from '@fluentui/react-icons/svg/sign-out';
import { useHref, useLocation } from 'react-router';
import { paths } from '../paths.ts';
import { type ColorScheme, useColorScheme } from './color-scheme.tsx';
import { useMe, useMyRoles } from './signed-in-person.ts';

const useStyles = makeStyles({
  who: {
    display: 'flex',
    flexDirection: 'column',
    padding: '8px 12px',
    maxWidth: '280px',
    overflowWrap: 'anywhere',
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  button: { minWidth: 'auto', padding: '2px' },
});

/** Signing out is a POST, so that no link on a foreign page can do it; the server asks nothing further. */
function signOut() {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/sign-out';
  document.body.append(form);
  form.submit();
}

/** Who is signed in, the way between admin center and My Apps, light and dark, sign out. */
export function PersonMenu() {
  const styles = useStyles();
  const me = useMe().data;
  const roles = useMyRoles().data ?? [];
  const { scheme, choose } = useColorScheme();
  const inMyApps = useLocation().pathname === paths.myApps;
  const otherPath = useHref(inMyApps ? paths.home : paths.myApps);
  const name = me?.displayName ?? '';
  return (
    <Menu
      checkedValues={{ scheme: [scheme] }}
      onCheckedValueChange={(_, data) => {
        const [next] = data.checkedItems;
        if (data.name === 'scheme' && next) choose(next as ColorScheme);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          appearance="subtle"
          className={styles.button}
          menuIcon={null}
          aria-label={name ? `Account of ${name}` : 'Account'}
          icon={<Avatar name={name} color="brand" size={28} aria-hidden />}
        />
      </MenuTrigger>
      <MenuPopover>
        <div className={styles.who}>
          <Text weight="semibold">{name}</Text>
          <Text size={200} className={styles.quiet}>
            {me?.userPrincipalName}
          </Text>
          {roles.length > 0 ? (
            <Text size={200} className={styles.quiet}>
              {roles.join(', ')}
            </Text>
          ) : null}
        </div>
        <MenuDivider />
        <MenuList>
          <MenuItemLink href={otherPath} icon={inMyApps ? <AppsListRegular /> : <GridRegular />}>
            {inMyApps ? 'Admin center' : 'My Apps'}
          </MenuItemLink>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>Theme</MenuGroupHeader>
            <MenuItemRadio name="scheme" value="light">
              Light
            </MenuItemRadio>
            <MenuItemRadio name="scheme" value="dark">
              Dark
            </MenuItemRadio>
            <MenuItemRadio name="scheme" value="system">
              System
            </MenuItemRadio>
          </MenuGroup>
          <MenuDivider />
          <MenuItem icon={<SignOutRegular />} onClick={signOut}>
            Sign out
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
