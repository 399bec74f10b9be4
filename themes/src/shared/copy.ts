/** Copies text to the clipboard; returns false if the browser does not permit it. */
export async function copyText(text: string, beside: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, beside);
  }
}

/** A fallback for pages without TLS, which have no navigator.clipboard. */
function copyBySelection(text: string, beside: HTMLElement): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "qh-offscreen";
  // Next to the button, because a dialog traps the focus.
  beside.after(area);
  area.select();
  try {
    return document.execCommand("copy");
  } finally {
    area.remove();
    beside.focus();
  }
}
