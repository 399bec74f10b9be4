const LITERAL = /\/content\/(:|%3A)componentId$/i;

/**
 * The console reaches us by "content/:componentId", taken literally from the menu; the address the user sees, reloads
 * and sends to others is this one. The router's own state stays with the entry.
 */
export function showOwnAddress(keepQuery: boolean): void {
  const path = location.pathname.replace(/\/content\/[^/]*$/, "/content/api-tokens");
  const query = keepQuery ? location.search : "";
  history.replaceState(history.state, "", path + query);
}

/** A click on our entry in the menu while we are there brings the literal path back, and mounts nothing anew. */
export function keepOwnAddress(): () => void {
  const afterRouter = () => setTimeout(() => LITERAL.test(location.pathname) && showOwnAddress(true), 0);
  document.addEventListener("click", afterRouter);
  return () => document.removeEventListener("click", afterRouter);
}
