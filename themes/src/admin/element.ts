import type { ElementContext } from "./context";
import type * as Page from "./mount";
import { importReact, type React } from "./react";

// Constants that the build adds before this file.
declare const apiTokensStyles: string;
declare function apiTokensPage(react: React): typeof Page;

let page: typeof Page | undefined;

/**
 * <qh-api-tokens>: the page "API tokens" of the admin console. Its context must be set before it is mounted. React is
 * loaded from the console's import map when the page is first shown.
 */
class ApiTokensElement extends HTMLElement {
  // Not a class field, which would overwrite a value that was set before the element was defined.
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
