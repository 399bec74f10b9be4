package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Networks.HEADER;
import static io.qahub.keycloak.apitokens.server.Networks.INSIDE;
import static io.qahub.keycloak.apitokens.server.Networks.NETWORK;
import static io.qahub.keycloak.apitokens.server.Networks.OUTSIDE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with allowed networks at the gateway endpoint: the parameter {@code addressHeader} and the header that it names. */
class NetworksAtGatewayIT {
    private static final String QUERY = "?addressHeader=" + HEADER;

    /** Headers and parameters in which a caller may send an address, none of which the gateway's URL names. */
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
            "X_Real_IP");

    private static Networks networks;
    private static Realm realm;
    private static String secret;
    private static String jwt;
    private static String free;

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("networks-at-gateway");
        realm = networks.realm();
        secret = networks.newSecret(NETWORK, "2001:db8::/32");
        jwt = networks.jwt(secret);
        free = realm.newToken(realm.signIn("alice"), "free").path("token").asText();
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "10.1.2.3:443",
                "10.1.2.3:1",
                "10.1.2.3:65535",
                "2001:db8::1",
                "2001:DB8:0::1",
                "[2001:db8::1]",
                "[2001:db8::1]:443",
                "::ffff:10.1.2.3",
                "[::ffff:10.1.2.3]:443"
            })
    void anAddressInANetworkIsAccepted(String address) {
        for (String sent : List.of(secret, jwt)) {
            assertAccepted(networks.gateway(sent, address));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "11.0.0.0:443", "[2001:db9::1]:443", "::10.1.2.3", "127.0.0.1", "::1"})
    void anAddressOutsideIsRefused(String address) {
        for (String sent : List.of(secret, jwt)) {
            assertRefused(networks.gateway(sent, address), "address_not_allowed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.1.2.3, 10.1.2.3",
                "10.1.2.3,192.0.2.1",
                "192.0.2.1, 10.1.2.3",
                "10.1.2.3,",
                ",10.1.2.3",
                "10.1.2.3 10.1.2.3",
                "10.1.2.3;10.1.2.3",
                "unknown",
                "_hidden",
                "-",
                "null",
                "localhost",
                "for=10.1.2.3",
                "\"10.1.2.3\"",
                "<10.1.2.3>",
                "10.1.2.3:",
                "10.1.2.3:x",
                "10.1.2.3:-1",
                "10.1.2.3:99999999999",
                "10.1.2.3:80:80",
                ":443",
                "010.1.2.3",
                "10.1.2",
                "10.1.2.3/32",
                "0xa.1.2.3",
                "167838211",
                "[2001:db8::1",
                "2001:db8::1]",
                "[]",
                "[]:443",
                "[[2001:db8::1]]",
                "[2001:db8::1]443",
                "[2001:db8::1]:",
                "[2001:db8::1] :443",
                "[2001:db8::1%eth0]",
                "2001:db8::1%1",
                "[2001:db8::1], 10.1.2.3"
            })
    void whatIsNotOneAddressIsAnUnknownAddress(String value) {
        for (String sent : List.of(secret, jwt)) {
            assertRefused(networks.gateway(sent, value), "address_unknown");
        }
    }

    @Test
    void aMissingOrRepeatedHeaderIsAnUnknownAddress() {
        for (String sent : List.of(secret, jwt)) {
            assertRefused(networks.gateway(sent), "address_unknown");
            assertRefused(networks.gateway(sent, INSIDE).header(HEADER, INSIDE), "address_unknown");
            assertRefused(networks.gateway(sent, INSIDE).header(HEADER, OUTSIDE), "address_unknown");
            assertRefused(networks.gateway(sent, OUTSIDE).header(HEADER, INSIDE), "address_unknown");
            assertRefused(
                    networks.gateway(sent, INSIDE).header(HEADER.toLowerCase(Locale.ROOT), INSIDE), "address_unknown");
            assertRefused(networks.gateway(sent, "").header(HEADER, INSIDE), "address_unknown");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?addressHeader=",
                "?addressHeader",
                "?addressHeader=%20",
                "?AddressHeader=X-Real-IP",
                "?address_header=X-Real-IP",
                "?addressHeader=X-Real-IP%20",
                "?addressHeader=X-Real-IP,X-Real-IP",
                "?addressHeader=X-Real-IP%0A",
                "?addressHeader=X-Other",
                "?addressHeader=Authorization",
                "?addressHeader=X-Api-Tokens-Client",
                "?addressHeader=%F0%9F%98%80",
                "?requireMethodHeader=false"
            })
    void withoutTheNameOfTheHeaderTheAddressIsUnknown(String query) {
        for (String sent : List.of(secret, jwt)) {
            assertRefused(asks("GET", query, sent).header(HEADER, INSIDE), "address_unknown");
        }
    }

    @Test
    void theNameOfTheHeaderIsCaseInsensitive() {
        for (String name : List.of("x-real-ip", "X-REAL-IP", "X-Real-Ip")) {
            assertAccepted(asks("GET", "?addressHeader=" + name, secret).header(HEADER, INSIDE));
            assertAccepted(asks("GET", QUERY, secret).header(name, INSIDE));
        }
    }

    /** A gateway may name any header that it always overwrites. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "CF-Connecting-IP", "X-Envoy-External-Address", "X-Api-Tokens-Address"})
    void anyHeaderCanBeNamed(String name) {
        String query = "?requireMethodHeader=false&addressHeader=" + name;
        assertAccepted(asks("GET", query, secret).header(name, INSIDE));
        assertRefused(asks("GET", query, secret).header(name, OUTSIDE), "address_not_allowed");
        assertRefused(asks("GET", query, secret).header(name, INSIDE + ", " + INSIDE), "address_unknown");
    }

    @Test
    void otherHeadersHaveNoEffect() {
        for (String sent : List.of(secret, jwt)) {
            assertRefused(forge(asks("GET", "", sent)), "address_unknown");
            assertRefused(forge(asks("GET", "", sent)).header(HEADER, INSIDE), "address_unknown");
            assertRefused(forge(networks.gateway(sent)), "address_unknown");
            assertRefused(forge(networks.gateway(sent, OUTSIDE)), "address_not_allowed");
        }
    }

    private static Http forge(Http call) {
        FORGED.forEach(name -> call.header(name, INSIDE));
        return call.header("Forwarded", "for=" + INSIDE);
    }

    @Test
    void neitherAFormNorTheQueryStringStatesTheAddress() {
        String form = "token=" + secret + "&caller_address=" + INSIDE + "&addressHeader=X-Forged";
        for (String sent : List.of(secret, jwt)) {
            for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
                assertRefused(asks(method, "", sent).header("X-Forged", INSIDE).form(form), "address_unknown");
                assertRefused(
                        asks(method, QUERY, sent)
                                .header(HEADER, OUTSIDE)
                                .header("X-Forged", INSIDE)
                                .form(form),
                        "address_not_allowed");
            }
            for (String query : List.of("?caller_address=" + INSIDE, "?x-real-ip=" + INSIDE, "?X-Real-IP=" + INSIDE)) {
                assertRefused(asks("GET", query, sent), "address_unknown");
                assertRefused(asks("GET", QUERY + "&" + query.substring(1), sent), "address_unknown");
            }
        }
    }

    /** A gateway that appends the query string of the original request must not let its sender choose the header. */
    @Test
    void aRepeatedNameOfTheHeaderIsAnUnknownAddress() {
        for (String query : List.of(
                QUERY + "&addressHeader=X-Forged",
                "?addressHeader=X-Forged&addressHeader=" + HEADER,
                QUERY + "&" + QUERY.substring(1),
                QUERY + "&addressHeader=",
                QUERY + "&address%48eader=X-Forged")) {
            for (String sent : List.of(secret, jwt)) {
                assertRefused(
                        asks("GET", query, sent).header(HEADER, OUTSIDE).header("X-Forged", INSIDE), "address_unknown");
                assertRefused(
                        asks("GET", query, sent).header(HEADER, INSIDE).header("X-Forged", INSIDE), "address_unknown");
            }
        }
    }

    /** Envoy appends path and query string of the original request, whose sender can also choose {@code Host}. */
    @Test
    void belowTheEndpointTheQueryStringNamesNoHeader() {
        for (String path : List.of("/", "/cases", "/a/api-tokens/authorize", "/%2F")) {
            for (String sent : List.of(secret, jwt)) {
                assertRefused(asks("GET", path + QUERY, sent).header(HEADER, INSIDE), "address_unknown");
            }
            assertAccepted(asks("GET", path + QUERY, free));
        }
        assertAccepted(asks("GET", QUERY + "&path=/cases?a=b", secret).header(HEADER, INSIDE));
    }

    @Test
    void aTokenWithoutNetworksNeedsNoAddress() {
        for (String query : List.of("", QUERY, "?addressHeader=")) {
            assertAccepted(asks("GET", query, free));
            assertAccepted(asks("GET", query, free).header(HEADER, "unknown"));
            assertAccepted(asks("GET", query, free).header(HEADER, OUTSIDE));
        }
    }

    @Test
    void aTokenAsTheBasicPasswordIsRestrictedAsWell() {
        assertAccepted(Gateway.asks(realm, "GET", QUERY).basic("alice", secret).header(HEADER, INSIDE));
        assertRefused(
                Gateway.asks(realm, "GET", QUERY).basic("alice", secret).header(HEADER, OUTSIDE),
                "address_not_allowed");
        assertRefused(Gateway.asks(realm, "GET", QUERY).basic("alice", secret), "address_unknown");
    }

    /** The network applies whatever the token may do. */
    @Test
    void theMethodIsCheckedAfterTheNetwork() {
        assertAccepted(Gateway.asks(realm, "DELETE", QUERY, secret).header(HEADER, INSIDE));
        assertRefused(Gateway.asks(realm, "DELETE", QUERY, secret).header(HEADER, OUTSIDE), "address_not_allowed");
        assertEquals(
                401,
                networks.gateway(secret, OUTSIDE)
                        .header("X-Api-Tokens-Scope", "admin")
                        .send()
                        .status());
    }

    @Test
    void anAccessTokenOfKeycloakIsNotRestricted() {
        String own = AccessTokens.accessToken(realm.call("POST", "/protocol/openid-connect/token")
                .form("grant_type=password&client_id=qa-hub-cli&username=alice&password=alice&scope=read")
                .send());
        assertAccepted(Gateway.asks(realm, "GET", "", own));
        assertAccepted(networks.gateway(own));
        assertAccepted(networks.gateway(own, OUTSIDE));
    }

    private static Http asks(String method, String query, String token) {
        return Gateway.asks(realm, method, query, token);
    }

    private static void assertAccepted(Http call) {
        Answer answer = call.send();
        assertEquals(200, answer.status(), answer.text());
        assertEquals("alice", answer.header("X-Auth-User"));
    }

    private static void assertRefused(Http call, String reason) {
        Answer answer = call.send();
        assertEquals(401, answer.status(), answer.text());
        assertNull(answer.header("X-Auth-User"));
        JsonNode details = networks.newest("INTROSPECT_TOKEN_ERROR").path("details");
        assertEquals(reason, details.path("reason").asText(), details.toString());
        assertEquals("gateway", details.path("endpoint").asText(), details.toString());
        assertEquals(reason.equals("address_not_allowed"), details.has("caller_address"), details.toString());
    }
}
