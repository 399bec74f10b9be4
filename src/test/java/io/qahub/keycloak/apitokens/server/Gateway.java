package io.qahub.keycloak.apitokens.server;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Requests of a reverse proxy to the gateway endpoint. */
final class Gateway {
    static final String CALLER = "X-Api-Tokens-Client";
    static final String CREDENTIALS = credentials("qa-hub-api", "qa-hub-api-secret");

    private Gateway() {}

    /** Creates a call without a token of the end user. */
    static Http asks(Realm realm, String method, String rest) {
        return realm.call(method, "/api-tokens/authorize" + rest).header(CALLER, CREDENTIALS);
    }

    /** Creates a call for a request with this token as Bearer. */
    static Http asks(Realm realm, String method, String rest, String token) {
        return asks(realm, method, rest).bearer(token);
    }

    static String credentials(String client, String secret) {
        byte[] pair = (client + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
