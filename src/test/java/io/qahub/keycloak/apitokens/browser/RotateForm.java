package io.qahub.keycloak.apitokens.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The form for a new secret. */
record RotateForm(Page page) {
    Locator overlap() {
        return page.locator("#api-token-overlap");
    }

    Locator overlapHelp() {
        return page.locator("#api-token-overlap-help");
    }

    /** Returns the fields that this form shares with the form for a new token. */
    CreateForm expiry() {
        return new CreateForm(page);
    }

    void chooseOverlap(String choice) {
        overlap().click();
        page.getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(choice).setExact(true))
                .click();
    }

    void submit() {
        page.locator("#confirm-rotate").click();
    }

    /** Rotates the token with the selected options. */
    NewTokenView rotate() {
        submit();
        NewTokenView view = new NewTokenView(page);
        view.token().waitFor();
        return view;
    }
}
