package io.qahub.keycloak.apitokens.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.qahub.keycloak.apitokens.server.Database;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Organizations;
import io.qahub.keycloak.apitokens.server.Realm;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lists of both consoles, sorted by each column whose header is a button. */
@Tag("browser")
@BrowserTest
class SortedTableIT {
    private static final List<String> COLUMNS =
            List.of("Name", "Token", "Scopes", "Organization", "Created", "Last used", "Expires", "Status");

    private static final Map<String, String> PREFIXES = new LinkedHashMap<>();
    private static Realm realm;

    @BeforeAll
    static void makeTokens() {
        realm = Realm.fresh("sorted-table");
        Organizations organizations = new Organizations(realm);
        organizations.setEnabled(true);
        for (String alias : List.of("acme", "globex")) {
            organizations.join(organizations.create(alias), realm.userId("alice"));
        }
        String bearer = realm.signIn("alice");
        Instant now = Instant.now();
        JsonNode b = make(bearer, "b", "'write'", "'acme'", "'" + now.plus(Duration.ofDays(20)) + "'");
        JsonNode c = make(bearer, "c", "'read'", "'globex'", "'" + now.plus(Duration.ofDays(10)) + "'");
        make(bearer, "a", "'read','write'", "null", "null");
        Database.get().setTime(b.path("prefix").asText(), "LAST_USED_AT", now);
        Database.get().setTime(c.path("prefix").asText(), "LAST_USED_AT", now.minusSeconds(3600));
        realm.revoke(bearer, c.path("id").asText());
    }

    private static JsonNode make(String bearer, String name, String scopes, String organization, String expiry) {
        String json = "{'name':'%s','scopes':[%s],'organization':%s,'expiresAt':%s}"
                .formatted(name, scopes, organization, expiry)
                .replace('\'', '"');
        JsonNode token = realm.create(bearer, json).json();
        PREFIXES.put(name, token.path("prefix").asText());
        return token;
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @Test
    void eachHeaderOfTheOwnersTableSortsInBothDirections(Chromium chromium) {
        // With organizations, the column Created is hidden between 992 and 1400 px.
        Page page = chromium.newPage(new Browser.NewContextOptions().setViewportSize(1440, 800));
        AccountConsole console = open(page, "?status=all");
        assertThat(names(page)).hasText(new String[] {"a", "c", "b"});
        assertThat(header(page, "Created")).hasAttribute("aria-sort", "descending");
        assertSorts(page, "Name", "name", "a b c");
        assertSorts(page, "Token", "prefix", byPrefix());
        assertSorts(page, "Scopes", "scopes", "c a b");
        assertSorts(page, "Organization", "organization", "b c a");
        assertSorts(page, "Expires", "expires", "c b a");
        assertSorts(page, "Status", "status", "a b c");
        assertSorted(page, "Last used", "descending", "b c a");
        assertSorted(page, "Last used", "ascending", "a c b");
        assertSorted(page, "Created", "descending", "a c b");
        assertThat(page).hasURL(console.url(AccountConsole.TOKENS) + "?status=all");
        assertSorted(page, "Created", "ascending", "b c a");
        page.reload();
        assertThat(names(page)).hasText(new String[] {"b", "c", "a"});
        assertThat(header(page, "Created")).hasAttribute("aria-sort", "ascending");
    }

    @Test
    void aStackedTableIsSortedByTheSameColumns(Chromium chromium) {
        Page page = chromium.newPage();
        page.setViewportSize(375, 800);
        AccountConsole console = open(page, "?status=all");
        assertThat(names(page)).hasCount(3);
        page.locator("#api-tokens-sort").click();
        assertThat(page.getByRole(AriaRole.OPTION)).hasText(COLUMNS.toArray(String[]::new));
        page.keyboard().press("Escape");
        console.tokens().filter("api-tokens-sort", "Status");
        assertThat(names(page)).hasText(new String[] {"a", "b", "c"});
        assertThat(page.locator("#api-tokens-sort")).hasText("Sort: Status");
    }

    @Test
    void aPageWithoutOrganizationsKeepsTheColumnByWhichItIsSorted(Chromium chromium) {
        Page page = chromium.newPage();
        open(page, "?search=a&sort=organization");
        assertThat(names(page)).hasText(new String[] {"a"});
        sort(page, "Organization");
        assertThat(header(page, "Organization")).hasAttribute("aria-sort", "ascending");
        sort(page, "Name");
        assertThat(header(page, "Name")).hasAttribute("aria-sort", "ascending");
        assertThat(header(page, "Organization")).hasCount(0);
    }

    @Test
    void theAdminsTableIsSortedByTheColumnsThatHaveAnIndex(Chromium chromium) {
        Page page = chromium.newPage(new Browser.NewContextOptions().setViewportSize(1440, 800));
        AdminConsole.open(page, "master", realm.name(), "admin", AdminConsole.TOKENS + "?user=alice&status=all");
        assertThat(page.locator("th[aria-sort]")).hasText(new String[] {"Token", "Created", "Last used", "Expires"});
        assertSorts(page, "Token", "prefix", byPrefix());
    }

    private static AccountConsole open(Page page, String query) {
        return AccountConsole.open(page, Keycloak.get(), realm.name(), "alice", AccountConsole.TOKENS + query);
    }

    private static String byPrefix() {
        return PREFIXES.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" "));
    }

    /** Sorts by a column in ascending order, then in descending order. */
    private static void assertSorts(Page page, String column, String sort, String names) {
        assertSorted(page, column, "ascending", names);
        assertThat(page).hasURL(Pattern.compile("[?&]sort=" + sort + "&order=asc$"));
        assertSorted(
                page, column, "descending", new StringBuilder(names).reverse().toString());
        assertThat(page).hasURL(Pattern.compile("[?&]sort=" + sort + "$"));
    }

    private static void assertSorted(Page page, String column, String direction, String names) {
        sort(page, column);
        assertThat(names(page)).hasText(names.split(" "));
        assertThat(header(page, column)).hasAttribute("aria-sort", direction);
        assertThat(header(page, column).getByRole(AriaRole.BUTTON)).isFocused();
        assertThat(page.locator("th[aria-sort=ascending], th[aria-sort=descending]"))
                .hasCount(1);
    }

    private static void sort(Page page, String column) {
        header(page, column).getByRole(AriaRole.BUTTON).click();
    }

    private static Locator header(Page page, String column) {
        return page.getByRole(
                AriaRole.COLUMNHEADER,
                new Page.GetByRoleOptions().setName(column).setExact(true));
    }

    private static Locator names(Page page) {
        return page.locator("tbody th bdi");
    }
}
