package io.qahub.keycloak.apitokens.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/** The form for a new token. */
record CreateForm(Page page) {
    Locator name() {
        return page.locator("#api-token-name");
    }

    Locator description() {
        return page.locator("#api-token-description");
    }

    Locator scope(String scope) {
        return page.locator("[id='api-token-scope-" + scope + "']");
    }

    /** All scopes on offer that match the search. */
    Locator scopes() {
        return page.locator("#api-token-scopes input[type=checkbox]");
    }

    /** The headings of the groups of scopes. */
    Locator groups() {
        return page.locator("#api-token-scopes legend");
    }

    /** The field that searches many scopes. */
    Locator scopeSearch() {
        return page.locator("#api-token-scope-search input");
    }

    Locator organization() {
        return page.locator("#api-token-organization");
    }

    void chooseOrganization(String choice) {
        organization().click();
        page.getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(choice).setExact(true))
                .click();
    }

    Locator expiry() {
        return page.locator("#api-token-expiry");
    }

    Locator date() {
        return page.locator("#api-token-date");
    }

    /** Returns the options of the list of lifetimes. */
    List<String> lifetimes() {
        expiry().click();
        Locator options = page.getByRole(AriaRole.OPTION);
        options.first().waitFor();
        List<String> texts = options.allTextContents();
        expiry().click();
        return texts;
    }

    void chooseExpiry(String choice) {
        expiry().click();
        page.getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(choice).setExact(true))
                .click();
    }

    NetworksField networks() {
        return new NetworksField(page);
    }

    void submit() {
        page.locator("button[form=create-api-token-form]").click();
    }

    /** Creates a token with this name; the other fields keep their values. */
    NewTokenView create(String name) {
        name().fill(name);
        submit();
        NewTokenView view = new NewTokenView(page);
        view.token().waitFor();
        return view;
    }
}
