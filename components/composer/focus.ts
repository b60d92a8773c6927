/** Puts the focus into a field where that opens no keyboard over half of the screen. */
export function focusWithoutKeyboard(field: HTMLElement | null): void {
  if (window.matchMedia("(hover: hover) and (pointer: fine)").matches) field?.focus({ preventScroll: true })
}
