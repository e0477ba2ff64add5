import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { type ReactNode, useRef } from 'react';
import { Problem } from './problem.tsx';
import { useReturnFocus } from './return-focus.ts';

/** Asks before something that hurts. The button names the deed; the way out comes first and has the focus. */
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
  useReturnFocus(open);
  // What is asked about may be forgotten by the page the moment it is answered; the words stay until the dialog is gone.
  const asked = useRef({ title, children });
  if (open) asked.current = { title, children };
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
          <DialogTitle>{asked.current.title}</DialogTitle>
          <DialogContent>
            {asked.current.children}
            {error ? <Problem error={error} /> : null}
          </DialogContent>
          <DialogActions>
            <Button appearance="secondary" onClick={onCancel}>
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
