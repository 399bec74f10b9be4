package io.qahub.keycloak.apitokens.server;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a reverse proxy sends to the gateway endpoint before it passes a request on. */
final class Gateway {
    static final String CALLER = "X-Api-Tokens-Client";
    static final String CREDENTIALS = credentials("qa-hub-api", "qa-hub-api-secret");

    private Gateway() {}

    /** A call without an end user's token. */
    static Http asks(Realm realm, String method, String rest) {
        return realm.call(method, "/api-tokens/authorize" + rest).header(CALLER, CREDENTIALS);
    }

    /** A call about a request with this token as Bearer. */
    static Http asks(Realm realm, String method, String rest, String token) {
        return asks(realm, method, rest).bearer(token);
    }

    static String credentials(String client, String secret) {
        byte[] pair = (client + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
