package io.qahub.keycloak.apitokens.interop;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A guard that has the realm introspect whatever token it was sent: Keycloak's own access tokens work alongside. */
abstract class ResourceServerStory extends TokenStory {
    @Test
    void anAccessTokenOfKeycloaksOwnWorksAlongside() {
        String reader = QA_HUB.signInFor("read", "alice");
        assertEquals(200, get(reader).status());
        assertRefused(403, challenges().missingScope(), post(reader));
        assertEquals(201, post(QA_HUB.signInFor("write", "alice")).status());
        assertRefused(403, challenges().missingScope(), get(QA_HUB.signInFor("write", "alice")));
    }

    @Test
    void anAccessTokenForSomeoneElseIsRefused() {
        assertRefused(401, challenges().badToken(), get(QA_HUB.signIn("alice")));
    }
}
