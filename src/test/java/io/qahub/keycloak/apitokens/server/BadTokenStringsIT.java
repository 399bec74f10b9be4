package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_DOOR;
import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.token.BadTokenStrings;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BadTokenStringsIT {
    private static final Pattern WORK = Pattern.compile("QH_API_TOKEN|BcryptRuns", Pattern.CASE_INSENSITIVE);

    @Test
    void badTokenStringsAreInactiveWithoutSqlOnTokensOrBcrypt() {
        String good =
                QA_HUB.newToken(QA_HUB.signIn("alice"), "counted").path("token").asText();
        long before = work();
        assertTrue(QA_HUB.isActive(good));
        long after = work();
        assertTrue(after > before, "a first use is counted");

        List<String> bad = BadTokenStrings.all();
        assertTrue(bad.size() >= 60);
        for (String token : bad) {
            assertEquals(
                    "{\"active\":false}", QA_HUB.introspect(OWN_DOOR, token).text(), token);
        }
        assertEquals(after, work());
    }

    private static long work() {
        return WORK.matcher(Keycloak.get().log()).results().count();
    }
}
