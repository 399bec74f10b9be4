import type { ElementContext } from "../admin/context";
import { environment } from "../shared/environment";
import { reactContext } from "../shared/reactContext";

/*
 * All that we know of the admin console's page: the ids of its parts, its addresses, and that at ours it shows the
 * dashboard. UpstreamAdminConsoleTest fails when Keycloak changes any of it.
 */
const CONTENT = "kc-main-content-page-container";
/** Our entry stands after the first of these that the admin has. */
const NEIGHBOURS = ["nav-item-sessions", "nav-item-groups", "nav-item-users"];
const ENTRY = "nav-item-api-tokens";
const ELEMENT = "qh-api-tokens";
const OURS = /^#\/[^/?]+\/api-tokens\/?(\?|$)/;

/** The realm as the console holds it. */
interface RealmContext {
  realm: string;
  realmRepresentation: Record<string, unknown>;
  refresh(): void;
}

/** Where the console shows its pages; null until it is up, and while it loads another realm. */
export function contentElement(): HTMLElement | null {
  return document.getElementById(CONTENT);
}

export function currentRealm(): string {
  return decodeURIComponent(location.hash.split(/[/?]/)[1] ?? "") || environment.realm;
}

/** Whether the address is our page's. */
export function isOurs(): boolean {
  return OURS.test(location.hash);
}

export function realmContext(content: Element): RealmContext | undefined {
  return reactContext<RealmContext>(
    content,
    (value) => !!value.realmRepresentation && typeof value.refresh === "function",
  );
}

/** Puts our entry into the navigation, where React leaves it alone; without a label, takes it out. */
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

/** Hides what the console shows at our address, which is its dashboard. */
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
