const LITERAL = /\/content\/(:|%3A)componentId$/i;

/**
 * The console opens our page at "content/:componentId", literally from the menu; this is the URL that the user sees,
 * reloads and shares. The history entry keeps the router's state.
 */
export function showOwnAddress(query = new URLSearchParams(location.search)): void {
  const path = location.pathname.replace(/\/content\/[^/]*$/, "/content/api-tokens");
  const text = query.toString();
  history.replaceState(history.state, "", text ? `${path}?${text}` : path);
}

/** A click on our menu entry while the page is open restores the literal path without mounting the page again. */
export function keepOwnAddress(): () => void {
  const afterRouter = () => setTimeout(() => LITERAL.test(location.pathname) && showOwnAddress(), 0);
  document.addEventListener("click", afterRouter);
  return () => document.removeEventListener("click", afterRouter);
}
