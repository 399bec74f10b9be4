/** A dialog returns the focus to the previous element; if that was removed with its row, the heading gets the focus. */
export function refocus(): void {
  setTimeout(() => {
    if (!document.activeElement || document.activeElement === document.body) {
      document.getElementById("api-tokens-heading")?.focus();
    }
  }, 100);
}
