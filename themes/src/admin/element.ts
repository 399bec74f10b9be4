import type { ElementContext } from "./context";
import type * as Page from "./mount";
import { importReact, type React } from "./react";

// What the build puts before this file.
declare const apiTokensStyles: string;
declare function apiTokensPage(react: React): typeof Page;

let page: typeof Page | undefined;

/**
 * <qh-api-tokens>: the page "API tokens" of the admin console, to be given its context before it is mounted. React comes
 * from the console's import map, when the page is first shown.
 */
class ApiTokensElement extends HTMLElement {
  // Not a field of its own: what was set before the element was known stays.
  declare context?: ElementContext;
  private takeAway?: () => void;

  async connectedCallback(): Promise<void> {
    const { context } = this;
    if (!context) {
      throw new Error("Set context before mounting the element.");
    }
    addStyles();
    page ??= apiTokensPage(await importReact());
    if (this.isConnected && !this.takeAway) {
      this.takeAway = page.mount(this, context);
    }
  }

  disconnectedCallback(): void {
    this.takeAway?.();
    this.takeAway = undefined;
  }
}

let styled = false;

function addStyles(): void {
  if (!styled) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(apiTokensStyles);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    styled = true;
  }
}

if (!customElements.get("qh-api-tokens")) {
  customElements.define("qh-api-tokens", ApiTokensElement);
}
