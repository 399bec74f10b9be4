import { apiTokens as german } from "../../messages/shared/messages_de.properties";
import { apiTokens as english } from "../../messages/shared/messages_en.properties";
import { REALM_CHANGED } from "../admin/context";
import { adminRights, realmApi } from "../shared/adminRights";
import { consoleSession } from "../shared/consoleSession";
import { environment } from "../shared/environment";
import type { Session } from "../shared/session";
import { silentSession } from "../shared/silentSession";
import { whoAmI } from "../shared/whoAmI";
import {
  contentElement,
  currentRealm,
  elementContext,
  hideNotFound,
  isOurs,
  realmContext,
  restoreNotFound,
  showEntry,
} from "./adapter";

/*
 * Brings the element <qh-api-tokens> into the stock admin console. Once Keycloak has UiScriptProvider (keycloak issue
 * 52777), the element stays and this folder goes.
 */
let session: Session | undefined;
/** The realm that the admin's rights were last asked for. */
let asked: string | undefined;
/** The entry's label, for an admin who may see the tokens of that realm. */
let label: string | undefined;
let element: HTMLElement | undefined;
let realmIsStale = false;

function update(): void {
  const content = contentElement();
  const realm = currentRealm();
  if (content && realm !== asked) {
    asked = realm;
    label = undefined;
    void ask(realm, content);
  }
  showEntry(label);
  if (element && (!label || !isOurs() || element.parentElement !== content || element.dataset["realm"] !== realm)) {
    takeAway(element);
    element = undefined;
  }
  if (content && label && isOurs()) {
    element ??= place(content, realm);
    hideNotFound(content);
  }
}

async function ask(realm: string, content: Element): Promise<void> {
  try {
    session ??= consoleSession(content) ?? (await silentSession());
    const adminBaseUrl = environment.adminBaseUrl ?? "";
    const { roles, locale } = await whoAmI(session, adminBaseUrl, realm);
    const rights = await adminRights(session, realmApi(adminBaseUrl, realm), roles);
    if (asked === realm) {
      label = rights.view ? (locale.startsWith("de") ? german : english) : undefined;
      update();
    }
  } catch (problem) {
    console.warn("API tokens: cannot find out what you may do in this realm; the next click tries again.", problem);
  }
}

function place(content: HTMLElement, realm: string): HTMLElement {
  load();
  const placed = document.createElement("qh-api-tokens");
  const getAccessToken = () => (session as Session).accessToken();
  Object.assign(placed, { context: elementContext(realm, content, getAccessToken) });
  placed.dataset["realm"] = realm;
  content.append(placed);
  return placed;
}

function takeAway(placed: HTMLElement): void {
  placed.remove();
  restoreNotFound();
  if (realmIsStale) {
    // The console would save the realm as it was.
    location.reload();
  }
}

let loading: HTMLScriptElement | undefined;

/** The element's script comes with the first visit. */
function load(): void {
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
window.addEventListener("hashchange", () => {
  asked = label === undefined ? undefined : asked;
  update();
});
// The console moves by history.pushState, which no event tells; but it always changes the page then.
new MutationObserver(update).observe(document.body, { childList: true, subtree: true });
update();
