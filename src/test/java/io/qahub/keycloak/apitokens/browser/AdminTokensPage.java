package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The admin console's page API tokens, and its dialogs. */
record AdminTokensPage(Page page) {
    Locator search() {
        return page.locator("#api-tokens-toolbar .pf-v5-c-text-input-group input");
    }

    Locator user() {
        return page.locator("#api-tokens-user");
    }

    Locator rows() {
        return page.locator("qh-api-tokens table tbody tr");
    }

    Locator row(String name) {
        return rows().filter(new Locator.FilterOptions()
                .setHas(page.getByText(name, new Page.GetByTextOptions().setExact(true))));
    }

    void showOnlyUser(String username) {
        user().fill(username);
        user().press("Enter");
    }

    /** Picks an option of one of the filters: status, scope, unused, expires. */
    void filter(String name, String option) {
        page.locator("#api-tokens-" + name).click();
        page.getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(option).setExact(true))
                .click();
    }

    void choose(Locator row, String action) {
        row.locator("button[aria-label^='Actions']").click();
        page.getByRole(
                        AriaRole.MENUITEM,
                        new Page.GetByRoleOptions().setName(action).setExact(true))
                .click();
    }

    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    Locator confirmButton() {
        return page.locator("#confirm-revoke");
    }

    void confirm() {
        confirmButton().click();
        assertThat(dialog()).isHidden();
    }

    void openTab(String name) {
        page.getByTestId("tab-" + name).click();
    }

    /** Clicks a button by its name. */
    void press(String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    /** The row of a built-in scope, or of a name without a client scope, in the tab Scopes. */
    Locator nameRow(String scope) {
        return page.locator("[data-testid='name-" + scope + "']");
    }

    /** The row of a client scope in the tab Scopes. */
    Locator scopeRow(String scope) {
        return page.locator("[data-testid='scope-" + scope + "']");
    }

    /** The switch that makes a client scope grantable. */
    Locator switchOf(String scope) {
        return scopeRow(scope).locator("input[type=checkbox]");
    }

    Locator policyField(String name) {
        return page.locator("#policy-" + name);
    }

    void savePolicy() {
        page.locator("#save-policy").click();
    }
}
