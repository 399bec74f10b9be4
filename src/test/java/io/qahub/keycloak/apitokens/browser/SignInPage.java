package io.qahub.keycloak.apitokens.browser;

import com.microsoft.playwright.Page;

/** Keycloak's sign-in page. */
record SignInPage(Page page) {
    /** Signs in a user whose password is the name; a realm with organizations asks for the username first. */
    void signIn(String user) {
        page.locator("#username").fill(user);
        if (page.locator("#password").count() == 0) {
            page.locator("#kc-login").click();
        }
        page.locator("#password").fill(user);
        page.locator("#kc-login").click();
    }
}
