import { Toast, ToastBody, Toaster, ToastTitle, useToastController } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useCallback } from 'react';

const toasterId = 'notifications';

/** Where the toasts appear; one per window. At the menu's end, because at the other they lay over the copy buttons. */
export function Notifications() {
  return <Toaster toasterId={toasterId} position="bottom-start" limit={4} />;
}

/** `notify('success', 'B.Simon created')`: a toast that is also read out. Errors stay longer. */
export function useNotify() {
  const { dispatchToast } = useToastController(toasterId);
  return useCallback(
    (intent: 'success' | 'error' | 'info' | 'warning', title: string, body?: ReactNode) => {
      dispatchToast(
        <Toast>
          <ToastTitle>{title}</ToastTitle>
          {body ? <ToastBody>{body}</ToastBody> : null}
        </Toast>,
        {
          intent,
          timeout: intent === 'error' ? 10_000 : 4_000,
          politeness: intent === 'error' ? 'assertive' : 'polite',
          // Nothing in a toast can be pressed, and Fluent's own stop would hold Tab until Escape is pressed.
          root: { tabIndex: -1 },
        },
      );
    },
    [dispatchToast],
  );
}
