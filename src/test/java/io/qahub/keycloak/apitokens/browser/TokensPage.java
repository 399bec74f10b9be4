package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The page Developer, API tokens, and its dialogs. */
record TokensPage(Page page) {
    Locator heading() {
        return page.getByTestId("page-heading");
    }

    Locator createButton() {
        return page.locator("#create-api-token");
    }

    Locator search() {
        return page.locator("#api-tokens-toolbar input[type=text], #api-tokens-toolbar input[type=search]");
    }

    Locator rows() {
        return page.locator("table tbody tr");
    }

    /** By its text: in a stacked table, the accessible name also contains the column. */
    Locator row(String name) {
        return rows().filter(new Locator.FilterOptions()
                .setHas(page.getByText(name, new Page.GetByTextOptions().setExact(true))));
    }

    void filter(String status) {
        filter("api-tokens-status", status);
    }

    /** Chooses in the list with this ID. */
    void filter(String list, String status) {
        page.locator("#" + list).click();
        page.getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(status).setExact(true))
                .click();
    }

    CreateForm startCreation() {
        createButton().click();
        return form();
    }

    CreateForm form() {
        assertThat(page.locator("#create-api-token-form")).isVisible();
        return new CreateForm(page);
    }

    void startRevocation(String name) {
        row(name).locator(".qh-revoke").click();
        assertThat(page.locator("#confirm-revoke")).isVisible();
    }

    Locator rotateButton(String name) {
        return row(name).locator(".qh-rotate");
    }

    Locator editButton(String name) {
        return row(name).locator(".qh-edit");
    }

    /** Says from which networks a token can be used. */
    Locator networks(String name) {
        return row(name).locator(".qh-networks");
    }

    EditForm startEdit(String name) {
        editButton(name).click();
        assertThat(page.locator("#edit-api-token-form")).isVisible();
        return new EditForm(page);
    }

    /** The button that ends the validity of the secret before the last rotation. */
    Locator endPreviousButton(String name) {
        return row(name).locator(".qh-previous button");
    }

    RotateForm startRotation(String name) {
        chooseRotation(name);
        return rotation();
    }

    RotateForm startFirstRotation() {
        chooseRotation(rows().first());
        return rotation();
    }

    /** Opens the dialog for the rotation of a token, which may say that it cannot be rotated. */
    void chooseRotation(String name) {
        chooseRotation(row(name));
    }

    /** If the columns leave no room for buttons, the actions of a row are in a menu. */
    private void chooseRotation(Locator row) {
        Locator button = row.locator(".qh-rotate, .pf-v5-c-menu-toggle");
        boolean inMenu = button.getAttribute("class").contains("menu-toggle");
        button.click();
        if (inMenu) {
            page.getByRole(AriaRole.MENUITEM).first().click();
        }
    }

    RotateForm rotation() {
        assertThat(page.locator("#rotate-api-token-form")).isVisible();
        return new RotateForm(page);
    }

    void revoke(String name) {
        startRevocation(name);
        confirm();
    }

    void confirm() {
        page.locator("#confirm-revoke").click();
        assertThat(dialog()).isHidden();
    }

    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }
}
