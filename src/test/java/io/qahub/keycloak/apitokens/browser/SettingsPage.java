package io.qahub.keycloak.apitokens.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The page {@code examples/settings-page}. */
record SettingsPage(Page page) {
    /** Signs in a user whose password is the name. */
    SettingsPage signIn(String user) {
        new SignInPage(page).signIn(user);
        return this;
    }

    Locator form() {
        return page.locator("#form");
    }

    void fill(String name, String scope) {
        page.getByLabel("Name").fill(name);
        page.getByLabel(scope).check();
    }

    void submit() {
        button("Create token").click();
    }

    /** Returns the token string, which is shown once. */
    String newToken() {
        page.getByText("Copy your new token").waitFor();
        return page.locator("#token").textContent();
    }

    Locator row(String name) {
        return page.locator("#rows tr").filter(new Locator.FilterOptions().setHasText(name));
    }

    Locator rows() {
        return page.locator("#rows tr");
    }

    void revoke(String name) {
        row(name).getByRole(AriaRole.BUTTON).click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke"))
                .click();
    }

    Locator problem() {
        return page.getByRole(AriaRole.ALERT);
    }

    Locator done() {
        return page.getByRole(AriaRole.STATUS);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
