import names from "page-names";
import { REALM_CHANGED } from "../admin/context";
import { adminRights, realmApi } from "../shared/adminRights";
import { consoleSession } from "../shared/consoleSession";
import { environment } from "../shared/environment";
import type { Session } from "../shared/session";
import { silentSession } from "../shared/silentSession";
import { whoAmI } from "../shared/whoAmI";
import { contentElement, coverContent, currentRealm, isOurs, placeElement, realmContext, showEntry } from "./adapter";
import { nameIn } from "./name";
import { showUserTab } from "./userTab";

/*
 * Adds the element <qh-api-tokens> to the stock admin console. Once Keycloak has UiScriptProvider (keycloak issue
 * 52777), this folder can be deleted; the element stays.
 */
let session: Session | undefined;
/** The realm for which the admin's rights were last requested, and whether they are known. */
let asked: string | undefined;
let known = false;
/** The label of the entry, if the admin may view the tokens of that realm. */
let label: string | undefined;
let element: HTMLElement | undefined;
let elementsRealm = "";
let realmIsStale = false;

function update(): void {
  const content = contentElement();
  const realm = currentRealm();
  if (content && realm !== asked) {
    asked = realm;
    known = false;
    label = undefined;
    void ask(realm, content);
  }
  showEntry(label);
  showUserTab(label);
  coverContent(isOurs() && (!known || label !== undefined));
  if (element && (!label || !isOurs() || element.parentElement !== content || elementsRealm !== realm)) {
    takeAway(element);
    element = undefined;
  }
  if (content && label && isOurs() && !element) {
    loadElement();
    element = placeElement(content, realm, () => (session as Session).accessToken());
    elementsRealm = realm;
  }
}

async function ask(realm: string, content: Element): Promise<void> {
  try {
    session ??= consoleSession(content) ?? (await silentSession());
    const adminBaseUrl = environment.adminBaseUrl ?? "";
    const { roles, locale } = await whoAmI(session, adminBaseUrl, realm);
    const rights = await adminRights(session, realmApi(adminBaseUrl, realm), roles);
    settle(realm, rights.view ? nameIn(locale, names) : undefined);
  } catch (problem) {
    console.warn("API tokens: cannot find out what you may do in this realm. Reload the page to try again.", problem);
    settle(realm, undefined);
  }
}

function settle(realm: string, found: string | undefined): void {
  if (asked === realm) {
    known = true;
    label = found;
    update();
  }
}

function takeAway(placed: HTMLElement): void {
  placed.remove();
  if (realmIsStale) {
    // Otherwise, the console would save an outdated realm.
    location.reload();
  }
}

let loading: HTMLScriptElement | undefined;

/** Loads the element's script on the first visit. */
function loadElement(): void {
  if (!loading) {
    loading = document.createElement("script");
    loading.src = new URL("admin.js", import.meta.url).href;
    document.head.append(loading);
  }
}

function readRealmAnew(): void {
  const content = contentElement();
  const context = content && realmContext(content);
  if (context) {
    context.refresh();
  } else {
    realmIsStale = true;
  }
}

document.addEventListener(REALM_CHANGED, readRealmAnew);
window.addEventListener("hashchange", update);
// The console navigates with history.pushState, which fires no event; but it always changes the DOM then.
new MutationObserver(update).observe(document.body, { childList: true, subtree: true });
update();
