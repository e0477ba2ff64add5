import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  OverlayDrawer,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useReturnFocus } from '../controls/return-focus.ts';
import { Navigation } from './navigation.tsx';

const useStyles = makeStyles({ drawer: { width: '280px' } });

/** The menu where the screen is too narrow to keep it beside the page. */
export function NavigationDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const styles = useStyles();
  useReturnFocus(open);
  return (
    <OverlayDrawer
      className={styles.drawer}
      position="start"
      open={open}
      onOpenChange={(_, data) => {
        if (!data.open) onClose();
      }}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button
              appearance="subtle"
              aria-label="Close navigation"
              icon={<DismissRegular />}
              onClick={onClose}
            />
          }
        >
          Countersign
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <Navigation onFollow={onClose} />
      </DrawerBody>
    </OverlayDrawer>
  );
}
