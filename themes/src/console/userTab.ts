/*
 * A tab with a user's API tokens on the console's page of that user. The console allows no tab with other content than
 * a form for a component (UiTabProvider), so this one is a link to our page.
 */
/** The first of the console's own tabs. */
const FIRST_TAB = "[data-testid='user-details-tab']";
/** Our tab is placed after the first of these tabs that the admin sees. */
const NEIGHBOURS = ["[data-testid='credentials']", FIRST_TAB];
const TAB = "user-api-tokens-tab";
const USER = /^#\/([^/?]+)\/users\/([^/?]+)\//;

/** Where the tokens of the user are whose page this is; undefined on other pages. */
export function userTokensHref(hash: string): string | undefined {
  const [, realm, user] = USER.exec(hash) ?? [];
  // A plus sign means a space in a query, but not in a path.
  return realm && user && `#/${realm}/api-tokens?user=${encodeURIComponent(decodeURIComponent(user))}`;
}

/** Adds the tab to the console's own, between which React leaves it; without a label, removes it. */
export function showUserTab(label: string | undefined): void {
  const tabs = document.querySelector(FIRST_TAB)?.closest("ul");
  const neighbour = NEIGHBOURS.map((tab) => tabs?.querySelector(tab))
    .find(Boolean)
    ?.closest("li");
  const href = userTokensHref(location.hash);
  const tab = document.getElementById(TAB) ?? newTab();
  const item = tab.parentElement as HTMLElement;
  if (!label || !neighbour || !href) {
    item.remove();
    return;
  }
  const text = tab.firstElementChild as HTMLElement;
  if (text.textContent !== label) {
    text.textContent = label;
  }
  if (tab.getAttribute("href") !== href) {
    tab.setAttribute("href", href);
  }
  if (neighbour.nextElementSibling !== item) {
    neighbour.after(item);
    // PatternFly then checks whether the tabs need buttons to scroll.
    window.dispatchEvent(new Event("resize"));
  }
}

function newTab(): HTMLElement {
  const text = document.createElement("span");
  text.className = "pf-v5-c-tabs__item-text";
  const link = document.createElement("a");
  link.id = TAB;
  link.dataset.testid = TAB;
  link.className = "pf-v5-c-tabs__link";
  link.setAttribute("role", "tab");
  link.setAttribute("aria-selected", "false");
  link.append(text);
  const item = document.createElement("li");
  item.className = "pf-v5-c-tabs__item";
  item.setAttribute("role", "presentation");
  item.append(link);
  return link;
}
