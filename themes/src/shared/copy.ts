/** Puts text on the clipboard; false where the browser does not let us. */
export async function copyText(text: string, beside: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, beside);
  }
}

/** The old way, for pages without TLS, where there is no navigator.clipboard. */
function copyBySelection(text: string, beside: HTMLElement): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "qh-offscreen";
  // Beside the button, since a dialog keeps the focus to itself.
  beside.after(area);
  area.select();
  try {
    return document.execCommand("copy");
  } finally {
    area.remove();
    beside.focus();
  }
}
