import { useLayoutEffect } from 'react';

/**
 * Gives the focus back to what had it before an overlay opened. The layout effect runs before the overlay takes the
 * focus, which Fluent does in an ordinary effect.
 */
export function useReturnFocus(open: boolean): void {
  useLayoutEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    const around = before?.closest('[role="dialog"]')?.querySelector('button');
    return () => {
      setTimeout(() => {
        // Gone when the overlay led to another page: then the shell looks after the focus.
        if (!(before instanceof HTMLElement && before.isConnected && before !== document.body)) return;
        before.focus();
        moveOnWhenGone(before, around ?? document.getElementById('page'));
      });
    };
  }, [open]);
}

/** The button of a row that was removed goes when the list is read again, a moment after the question is closed. */
function moveOnWhenGone(element: HTMLElement, next: HTMLElement | null): void {
  const watch = new MutationObserver(() => {
    if (element.isConnected) return;
    watch.disconnect();
    if (document.activeElement === document.body) next?.focus({ preventScroll: true });
  });
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), 5_000);
}
