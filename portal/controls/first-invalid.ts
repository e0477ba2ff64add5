/** Moves the focus to the first field that is marked as wrong, once the marks are on the screen. */
export function focusFirstInvalid(within: ParentNode = document): void {
  setTimeout(() => within.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
