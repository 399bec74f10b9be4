package io.qahub.keycloak.apitokens.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The administrator of the master realm. One access token per server is used until shortly before it expires. */
final class MasterAdmin {
    private static final long MARGIN_SECONDS = 15;
    private static final Map<Keycloak, AccessToken> ACCESS_TOKENS = new ConcurrentHashMap<>();

    private MasterAdmin() {}

    /** Returns an access token; signs in if the current one expires soon. */
    static String accessToken(Keycloak server) {
        return ACCESS_TOKENS
                .compute(server, (key, known) -> known != null && known.isFresh() ? known : signIn(key))
                .value();
    }

    private static AccessToken signIn(Keycloak server) {
        Answer answer = Http.call(server, "POST", "/realms/master/protocol/openid-connect/token")
                .form(Map.of(
                        "grant_type", "password", "client_id", "admin-cli", "username", "admin", "password", "admin"))
                .send();
        if (answer.status() != 200) {
            throw new IllegalStateException("The user admin cannot sign in: " + answer.status() + " " + answer.text());
        }
        JsonNode json = answer.json();
        long seconds = json.path("expires_in").asLong() - MARGIN_SECONDS;
        return new AccessToken(json.path("access_token").asText(), System.nanoTime() + seconds * 1_000_000_000);
    }

    private record AccessToken(String value, long staleAtNanos) {
        boolean isFresh() {
            return System.nanoTime() - staleAtNanos < 0;
        }
    }
}
