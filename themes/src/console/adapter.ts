import type { ElementContext } from "../admin/context";
import { environment } from "../shared/environment";
import { reactContext } from "../shared/reactContext";

/*
 * All code that depends on the admin console's page: the IDs of its elements, its URLs, and that it shows the dashboard
 * at our URL. UpstreamAdminConsoleTest fails if Keycloak changes any of this.
 */
const CONTENT = "kc-main-content-page-container";
/** Our entry is placed after the first of these entries that the admin has. */
const NEIGHBOURS = ["nav-item-sessions", "nav-item-groups", "nav-item-users"];
const ENTRY = "nav-item-api-tokens";
const ELEMENT = "qh-api-tokens";
const OURS = /^#\/[^/?]+\/api-tokens\/?(\?|$)/;

/** The realm as stored in the console. */
interface RealmContext {
  realm: string;
  realmRepresentation: Record<string, unknown>;
  refresh(): void;
}

/** The element in which the console shows its pages; null until it has started, and while it loads another realm. */
export function contentElement(): HTMLElement | null {
  return document.getElementById(CONTENT);
}

export function currentRealm(): string {
  return decodeURIComponent(location.hash.split(/[/?]/)[1] ?? "") || environment.realm;
}

/** Whether the URL is that of our page. */
export function isOurs(): boolean {
  return OURS.test(location.hash);
}

export function realmContext(content: Element): RealmContext | undefined {
  return reactContext<RealmContext>(
    content,
    (value) => !!value.realmRepresentation && typeof value.refresh === "function",
  );
}

/** Adds our entry to a part of the navigation that React does not re-render; without a label, removes it. */
export function showEntry(label: string | undefined): void {
  const neighbour = NEIGHBOURS.map((id) => document.getElementById(id))
    .find(Boolean)
    ?.closest("li");
  const entry = document.getElementById(ENTRY) ?? newEntry();
  const item = entry.parentElement as HTMLElement;
  if (!label || !neighbour) {
    item.remove();
    return;
  }
  if (entry.textContent !== label) {
    entry.textContent = label;
  }
  entry.setAttribute("href", `#/${encodeURIComponent(currentRealm())}/api-tokens`);
  entry.classList.toggle("pf-m-current", isOurs());
  if (isOurs()) {
    entry.setAttribute("aria-current", "page");
  } else {
    entry.removeAttribute("aria-current");
  }
  if (neighbour.nextElementSibling !== item) {
    neighbour.after(item);
  }
}

function newEntry(): HTMLElement {
  const link = document.createElement("a");
  link.id = ENTRY;
  link.dataset.testid = ENTRY;
  link.className = "pf-v5-c-nav__link";
  document.createElement("li").append(link);
  return link;
}

const COVERED = "qh-api-tokens-page";
const cover = new CSSStyleSheet();
cover.replaceSync(`.${COVERED} #${CONTENT} > :not(${ELEMENT}) { display: none; }`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, cover];

/** Hides the dashboard, which the console shows at our URL. */
export function coverContent(covered: boolean): void {
  document.documentElement.classList.toggle(COVERED, covered);
}

/** Mounts the page's element. */
export function placeElement(content: HTMLElement, realm: string, getAccessToken: () => Promise<string>): HTMLElement {
  const element = document.createElement(ELEMENT);
  const context: ElementContext = {
    realm,
    realmRepresentation: realmContext(content)?.realmRepresentation ?? { realm },
    adminBaseUrl: environment.adminBaseUrl ?? "",
    serverBaseUrl: environment.serverBaseUrl,
    authServerUrl: environment.authServerUrl,
    getAccessToken,
  };
  content.append(Object.assign(element, { context }));
  return element;
}
