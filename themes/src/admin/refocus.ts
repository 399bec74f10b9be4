/** A dialog gives the focus back to where it was; where that is gone with its row, the heading takes it. */
export function refocus(): void {
  setTimeout(() => {
    if (!document.activeElement || document.activeElement === document.body) {
      document.getElementById("api-tokens-heading")?.focus();
    }
  }, 100);
}
