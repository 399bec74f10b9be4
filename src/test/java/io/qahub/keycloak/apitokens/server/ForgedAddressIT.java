package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Networks.HEADER;
import static io.qahub.keycloak.apitokens.server.Networks.INSIDE;
import static io.qahub.keycloak.apitokens.server.Networks.NETWORK;
import static io.qahub.keycloak.apitokens.server.Networks.OUTSIDE;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that an end user states to a gateway, which passes headers, forms and query strings on. */
class ForgedAddressIT {
    /** Headers and parameters in which a caller may send an address, none of which the gateway's client names. */
    private static final List<String> FORGED = List.of(
            "X-Forwarded-For",
            "X-Client-IP",
            "True-Client-IP",
            "CF-Connecting-IP",
            "X-Original-Forwarded-For",
            "X-Api-Tokens-Address",
            "X-Api-Tokens-Caller-Address",
            "addressHeader",
            "caller_address",
            "X_Caller_Address",
            "X-Real-IP");

    private static Networks networks;
    private static Realm realm;
    private static String secret;
    private static String jwt;

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("forged-addresses");
        realm = networks.realm();
        secret = networks.newSecret(NETWORK);
        jwt = networks.jwt(secret);
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    /** Each gateway has a client of its own; a header that one overwrites may come from the end user at another. */
    @Test
    void theHeaderOfAnotherClientHasNoEffect() {
        for (String attributes : List.of("", "\"apiTokens.addressHeader\":\"X-Other\"")) {
            String client = "gateway-" + attributes.length();
            new AccessTokens(realm).newClient(client, """
                    "fullScopeAllowed":false,"defaultClientScopes":["api-tokens"],"attributes":{%s}""".formatted(attributes));
            Http call = realm.call("GET", "/api-tokens/authorize")
                    .header(Gateway.CALLER, Gateway.credentials(client, client + "-secret"))
                    .bearer(secret);
            networks.assertRefused(call.header(HEADER, INSIDE), "address_unknown");
        }
    }

    @Test
    void otherHeadersHaveNoEffect() {
        for (String sent : List.of(secret, jwt)) {
            networks.assertRefused(forge(networks.gateway(sent)), "address_unknown");
            networks.assertRefused(forge(networks.gateway(sent, OUTSIDE)), "address_not_allowed");
        }
    }

    private static Http forge(Http call) {
        FORGED.forEach(name -> call.header(name, INSIDE));
        return call.header("Forwarded", "for=" + INSIDE);
    }

    @Test
    void aFormDoesNotStateTheAddress() {
        String form = "token=" + secret + "&caller_address=" + INSIDE + "&addressHeader=X-Forged";
        for (String sent : List.of(secret, jwt)) {
            for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
                networks.assertRefused(forged(method, "", sent).form(form), "address_unknown");
                networks.assertRefused(
                        forged(method, "", sent).header(HEADER, OUTSIDE).form(form), "address_not_allowed");
            }
        }
    }

    /** Envoy appends path and query string of the original request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "?caller_address=10.1.2.3",
                "?x-caller-address=10.1.2.3&X-Caller-Address=10.1.2.3",
                "?addressHeader=X-Forged",
                "?apiTokens.addressHeader=X-Forged",
                "/cases?addressHeader=X-Forged&caller_address=10.1.2.3",
                "/a/api-tokens/authorize?addressHeader=X-Forged",
                "/10.1.2.3"
            })
    void theQueryStringDoesNotStateTheAddress(String rest) {
        for (String sent : List.of(secret, jwt)) {
            networks.assertRefused(forged("GET", rest, sent), "address_unknown");
            networks.assertRefused(forged("GET", rest, sent).header(HEADER, OUTSIDE), "address_not_allowed");
            networks.assertAccepted(forged("GET", rest, sent).header(HEADER, INSIDE));
        }
    }

    private static Http forged(String method, String rest, String token) {
        return Gateway.asks(realm, method, rest, token).header("X-Forged", INSIDE);
    }
}
