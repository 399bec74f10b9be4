package io.qahub.keycloak.apitokens.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The form that changes the name, description and allowed networks of a token. */
record EditForm(Page page) {
    Locator name() {
        return page.locator("#api-token-name");
    }

    Locator description() {
        return page.locator("#api-token-description");
    }

    /** The help text of the description, or its error. */
    Locator descriptionHelp() {
        return page.locator("#api-token-description-help");
    }

    NetworksField networks() {
        return new NetworksField(page);
    }

    void save() {
        page.locator("#save-api-token").click();
    }
}
