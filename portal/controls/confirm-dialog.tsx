import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { memo, type ReactNode } from 'react';
import { Problem } from './problem.tsx';
import { useReturnFocus } from './return-focus.ts';

type WhileOpenProps = { open: boolean; children: ReactNode };

/**
 * Stands still once the dialog closes: what was asked about may be forgotten by the page the moment it is answered,
 * and the words are to stay until the dialog has faded.
 */
const WhileOpen = memo(
  ({ children }: WhileOpenProps) => children,
  (_, next) => !next.open,
);

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
          <DialogTitle>
            <WhileOpen open={open}>{title}</WhileOpen>
          </DialogTitle>
          <DialogContent>
            <WhileOpen open={open}>{children}</WhileOpen>
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
