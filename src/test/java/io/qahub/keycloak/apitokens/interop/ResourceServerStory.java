package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A guard that has the realm introspect whatever token it was sent: Keycloak's own access tokens work alongside. */
abstract class ResourceServerStory extends TokenStory {
    @Test
    void anAccessTokenOfKeycloaksOwnWorksAlongside() {
        String reader = accessToken("read");
        assertEquals(200, get(reader).status());
        assertRefused(403, challenges().missingScope(), post(reader));
        assertEquals(201, post(accessToken("write")).status());
        assertRefused(403, challenges().missingScope(), get(accessToken("write")));
    }

    @Test
    void anAccessTokenForSomeoneElseIsRefused() {
        assertRefused(401, challenges().badToken(), get(accessToken("profile")));
    }
}
