import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Problem } from './problem.tsx';

/** Asks before something that hurts. The button names the deed; the focus starts on the way out. */
export function ConfirmDialog(props: {
  open: boolean;
  title: string;
  confirm: string;
  busy?: boolean;
  error?: unknown;
  onConfirm: () => void;
  onCancel: () => void;
  children: ReactNode;
}) {
  const { open, title, confirm, busy = false, error, onConfirm, onCancel, children } = props;
  return (
    <Dialog
      open={open}
      modalType="alert"
      onOpenChange={(_, data) => {
        if (!data.open) onCancel();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            {children}
            {error ? <Problem error={error} /> : null}
          </DialogContent>
          <DialogActions>
            <Button appearance="secondary" onClick={onCancel} autoFocus>
              Cancel
            </Button>
            <Button appearance="primary" disabledFocusable={busy} onClick={busy ? undefined : onConfirm}>
              {confirm}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
