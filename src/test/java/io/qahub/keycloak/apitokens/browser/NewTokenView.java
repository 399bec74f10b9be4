package io.qahub.keycloak.apitokens.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;

/** The dialog that shows a token once. */
record NewTokenView(Page page) {
    Locator token() {
        return page.locator("#new-api-token");
    }

    /** Clicks the copy button; returns the content of the clipboard. */
    String copy() {
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.locator("#new-api-token-copy").click();
        page.getByText("Copied", new Page.GetByTextOptions().setExact(true)).waitFor();
        return (String) page.evaluate("navigator.clipboard.readText()");
    }

    void close() {
        page.locator("#new-api-token-done").click();
        token().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }
}
