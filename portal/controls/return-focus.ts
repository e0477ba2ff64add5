import { useLayoutEffect } from 'react';

/**
 * Gives the focus back to what had it before an overlay opened. The layout effect runs before the overlay takes the
 * focus, which Fluent does in an ordinary effect.
 */
export function useReturnFocus(open: boolean): void {
  useLayoutEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    return () => {
      setTimeout(() => {
        // Gone when the overlay led to another page: then the shell looks after the focus.
        if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
      });
    };
  }, [open]);
}
