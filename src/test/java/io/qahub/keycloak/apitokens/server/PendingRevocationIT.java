package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A token is already revoked in the database, but its owner is not yet evicted from this node's user cache, because the node
 * that revoked it waits for another one. If a second request to revoke the token succeeds at this node, this node must not
 * accept the token any more. {@code self} is not tested, because it rejects a revoked token.
 */
class PendingRevocationIT {
    private static Realm realm;
    private static Admins admins;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("pending");
        admins = new Admins(realm);
        realm.admin("PUT", "", """
                {"realm":"pending","attributes":{"apiTokens.allowedClients":"qa-hub-cli",
                 "apiTokens.revokeOnPasswordChange":"true"}}""");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    private enum Way {
        OWNER(token -> realm.revoke(token.bearer, token.id)),
        ADMIN(token -> admins.revoke(realm.adminToken(), token.id)),
        IDS(token -> admins.revokeAll(realm.adminToken(), "{\"ids\":[\"" + token.id + "\"]}")),
        USER(token -> admins.revokeAll(realm.adminToken(), "{\"user\":\"" + token.user + "\"}")),
        FILTER(token -> admins.revokeAll(realm.adminToken(), "{\"filter\":{\"search\":\"" + token.name + "\"}}")),
        ALL(token -> admins.revokeAll(realm.adminToken(), "{\"all\":true}")),
        LEAK_REPORT(token -> realm.call("POST", "/api-tokens/revoke")
                .form("token=" + token.string)
                .send()),
        PASSWORD_CHANGE(token -> realm.admin("PUT", "/users/" + token.user + "/reset-password", """
                {"type":"password","value":"new"}"""));

        private final Function<Token, Answer> request;

        Way(Function<Token, Answer> request) {
            this.request = request;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAcknowledgedRevocationHoldsHere(Way way) {
        Token token = newToken(way.name().toLowerCase());
        assertTrue(realm.isActive(token.string));
        assertTrue(realm.isActive(token.string), "cached, also at the isolation level of MariaDB");
        Database.get().setTime(token.prefix, "REVOKED_AT", Instant.now());
        assertTrue(realm.isActive(token.string), "this node has not been told of the revocation");
        Answer answer = way.request.apply(token);
        assertEquals(2, answer.status() / 100, answer.text());
        assertFalse(realm.isActive(token.string));
    }

    private static Token newToken(String name) {
        String user = realm.newUser(name);
        String bearer = realm.signIn(name);
        JsonNode made = realm.newToken(bearer, name);
        return new Token(
                name,
                user,
                bearer,
                made.path("id").asText(),
                made.path("prefix").asText(),
                made.path("token").asText());
    }

    private record Token(String name, String user, String bearer, String id, String prefix, String string) {}
}
