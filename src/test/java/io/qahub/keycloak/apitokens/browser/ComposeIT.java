package io.qahub.keycloak.apitokens.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Keycloak;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code docker-compose.yml}, started by {@code .ci/compose}. */
@BrowserTest
@Tag("compose")
class ComposeIT {
    private static final int PORT = Integer.getInteger("compose.port");
    private static final String CASES = "http://localhost:" + PORT + "/api/v1/cases";

    @Test
    void aTokenCreatedInTheBrowserGivesAccessToTheApiUntilItIsRevoked(Chromium chromium) {
        String name = "compose " + System.currentTimeMillis();
        TokensPage tokens = AccountConsole.open(
                        chromium.newPage(), Keycloak.at(PORT), "qa-hub", "alice", AccountConsole.TOKENS)
                .tokens();
        CreateForm form = tokens.startCreation();
        form.scope("read").check();
        NewTokenView view = form.create(name);
        String token = view.token().textContent();
        view.close();
        assertEquals(200, statusOfList(token));

        tokens.revoke(name);
        for (int i = 0; i < 10; i++) {
            assertEquals(401, statusOfList(token), "on whichever node responds");
        }
    }

    private static int statusOfList(String token) {
        return Http.at("GET", CASES).bearer(token).send().status();
    }
}
