package io.qahub.keycloak.apitokens.bench;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;

import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;
import java.util.Map;

/** The loads that are compared with each other on a server. */
record Endpoints(Server server) {
    private static final int LONG = 36_000;

    /** Keycloak's own introspection of a JWT access token whose audience is the calling client. */
    Load jwt() {
        Realm realm = new Realm(server.keycloak(), "qa-hub");
        realm.admin(
                "PUT",
                "",
                "{\"accessTokenLifespan\":%1$d,\"ssoSessionIdleTimeout\":%1$d,\"ssoSessionMaxLifespan\":%1$d}"
                        .formatted(LONG));
        String jwt = realm.signIn("alice", "qa-hub-api");
        return Load.introspecting("JWT, Keycloak's own", server, STANDARD_ENDPOINT, List.of(jwt));
    }

    /** API tokens at the standard endpoint. */
    Load standard(List<String> tokens) {
        return Load.introspecting("API token, standard endpoint", server, STANDARD_ENDPOINT, tokens);
    }

    /** API tokens at our own endpoint. */
    Load own(List<String> tokens) {
        return Load.introspecting("API token, own endpoint", server, OWN_ENDPOINT, tokens);
    }

    /** The upper bound: authenticates the client and returns a constant. */
    Load constant(List<String> tokens) {
        return Load.introspecting("constant response", server, STANDARD_ENDPOINT, tokens, "&token_type_hint=constant");
    }

    /** The same, but also sends the event of an introspection. */
    Load constantWithEvent(List<String> tokens) {
        return Load.introspecting(
                "constant response and its event",
                server,
                STANDARD_ENDPOINT,
                tokens,
                "&token_type_hint=constant-event");
    }

    /** Introspects each token once, so that it is cached. */
    void warm(List<String> tokens) {
        for (String token : tokens) {
            Http.Answer answer = Http.at("POST", server.realm(OWN_ENDPOINT))
                    .basic("qa-hub-api", "qa-hub-api-secret")
                    .form(Map.of("token", token))
                    .send();
            if (!answer.text().contains("\"active\":true")) {
                throw new IllegalStateException("not active: " + answer.status() + " " + answer.text());
            }
        }
    }
}
