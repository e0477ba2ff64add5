import { Toast, ToastBody, Toaster, ToastTitle, useToastController } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useCallback } from 'react';

const toasterId = 'notifications';

/** Where the toasts appear; one per window. */
export function Notifications() {
  return <Toaster toasterId={toasterId} position="bottom-end" limit={4} />;
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
        },
      );
    },
    [dispatchToast],
  );
}
