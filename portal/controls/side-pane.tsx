import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  OverlayDrawer,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import type { ReactNode } from 'react';
import { useReturnFocus } from './return-focus.ts';

const useStyles = makeStyles({
  drawer: { width: 'min(100vw, 560px)' },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    paddingBottom: tokens.spacingVerticalXXL,
  },
  footer: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  form: { display: 'contents' },
});

/**
 * A pane from the right: a modal dialog named by its title, which keeps the focus inside and gives it back. With
 * `onSubmit` it is a form, so Enter in a field does what the first button does.
 */
export function SidePane(props: {
  title: string;
  open: boolean;
  onClose: () => void;
  onSubmit?: () => void;
  footer?: ReactNode;
  children: ReactNode;
}) {
  const styles = useStyles();
  const { title, open, onClose, onSubmit, footer, children } = props;
  useReturnFocus(open);
  const inside = (
    <>
      <DrawerBody className={styles.body}>{children}</DrawerBody>
      {footer ? <DrawerFooter className={styles.footer}>{footer}</DrawerFooter> : null}
    </>
  );
  return (
    <OverlayDrawer
      open={open}
      position="end"
      className={styles.drawer}
      onOpenChange={(_, data) => {
        if (!data.open) onClose();
      }}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button appearance="subtle" aria-label="Close" icon={<DismissRegular />} onClick={onClose} />
          }
        >
          {title}
        </DrawerHeaderTitle>
      </DrawerHeader>
      {onSubmit ? (
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            onSubmit();
          }}
        >
          {inside}
        </form>
      ) : (
        inside
      )}
    </OverlayDrawer>
  );
}
