package io.qahub.keycloak.apitokens.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The field of a form with the networks from which a token can be used. */
record NetworksField(Page page) {
    Locator input() {
        return page.locator("#api-token-networks");
    }

    /** The help text, or the error. */
    Locator help() {
        return page.locator("#api-token-networks-help");
    }
}
