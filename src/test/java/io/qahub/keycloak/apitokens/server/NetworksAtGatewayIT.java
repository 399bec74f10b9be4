package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Networks.HEADER;
import static io.qahub.keycloak.apitokens.server.Networks.INSIDE;
import static io.qahub.keycloak.apitokens.server.Networks.NETWORK;
import static io.qahub.keycloak.apitokens.server.Networks.OUTSIDE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with allowed networks at the gateway endpoint: the header that the gateway's client names. */
class NetworksAtGatewayIT {
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

    @AfterEach
    void nameHeader() {
        networks.nameHeader(HEADER);
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
            networks.assertAccepted(networks.gateway(sent, address));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "11.0.0.0:443", "[2001:db9::1]:443", "::10.1.2.3", "127.0.0.1", "::1"})
    void anAddressOutsideIsRefused(String address) {
        for (String sent : List.of(secret, jwt)) {
            networks.assertRefused(networks.gateway(sent, address), "address_not_allowed");
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
            networks.assertRefused(networks.gateway(sent, value), "address_unknown");
        }
    }

    @Test
    void aMissingOrRepeatedHeaderIsAnUnknownAddress() {
        for (String sent : List.of(secret, jwt)) {
            networks.assertRefused(networks.gateway(sent), "address_unknown");
            networks.assertRefused(networks.gateway(sent, INSIDE).header(HEADER, INSIDE), "address_unknown");
            networks.assertRefused(networks.gateway(sent, INSIDE).header(HEADER, OUTSIDE), "address_unknown");
            networks.assertRefused(networks.gateway(sent, OUTSIDE).header(HEADER, INSIDE), "address_unknown");
            networks.assertRefused(
                    networks.gateway(sent, INSIDE).header(HEADER.toLowerCase(Locale.ROOT), INSIDE), "address_unknown");
            networks.assertRefused(networks.gateway(sent, "").header(HEADER, INSIDE), "address_unknown");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "X-Other",
                "X-Caller-Address,X-Caller-Address",
                "X-Caller-Address X-Caller-Address",
                "X-Caller-Address:",
                "X-Caller",
                "X_Caller_Address",
                "*",
                "Authorization",
                "X-Api-Tokens-Client",
                "Forwarded",
                "true",
                "\u00E9"
            })
    void withoutTheNameOfTheHeaderTheAddressIsUnknown(String name) {
        networks.nameHeader(name);
        for (String sent : List.of(secret, jwt)) {
            networks.assertRefused(networks.gateway(sent, INSIDE), "address_unknown");
        }
        networks.assertAccepted(networks.gateway(free, INSIDE));
    }

    @Test
    void theNameOfTheHeaderIsCaseInsensitive() {
        for (String name : List.of("x-caller-address", "X-CALLER-ADDRESS", "X-Caller-Address")) {
            networks.assertAccepted(networks.gateway(secret).header(name, INSIDE));
            networks.nameHeader(name);
            networks.assertAccepted(networks.gateway(secret, INSIDE));
            networks.assertRefused(networks.gateway(secret, OUTSIDE), "address_not_allowed");
        }
    }

    /** A gateway may name any header that it always overwrites. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "CF-Connecting-IP", "X-Envoy-External-Address", "X-Api-Tokens-Address"})
    void anyHeaderCanBeNamed(String name) {
        networks.nameHeader(name);
        networks.assertAccepted(networks.gateway(secret).header(name, INSIDE));
        networks.assertRefused(networks.gateway(secret).header(name, OUTSIDE), "address_not_allowed");
        networks.assertRefused(networks.gateway(secret).header(name, INSIDE + ", " + INSIDE), "address_unknown");
        networks.assertRefused(networks.gateway(secret, INSIDE), "address_unknown");
    }

    @Test
    void aTokenWithoutNetworksNeedsNoAddress() {
        networks.assertAccepted(networks.gateway(free));
        for (String address : List.of(INSIDE, OUTSIDE, "unknown", "")) {
            networks.assertAccepted(networks.gateway(free, address));
        }
        networks.nameHeader("");
        networks.assertAccepted(networks.gateway(free));
    }

    @Test
    void aTokenAsTheBasicPasswordIsRestrictedAsWell() {
        networks.assertAccepted(
                Gateway.asks(realm, "GET", "").basic("alice", secret).header(HEADER, INSIDE));
        networks.assertRefused(
                Gateway.asks(realm, "GET", "").basic("alice", secret).header(HEADER, OUTSIDE), "address_not_allowed");
        networks.assertRefused(Gateway.asks(realm, "GET", "").basic("alice", secret), "address_unknown");
    }

    /** The network applies whatever the token may do. */
    @Test
    void theMethodIsCheckedAfterTheNetwork() {
        networks.assertAccepted(Gateway.asks(realm, "DELETE", "", secret).header(HEADER, INSIDE));
        networks.assertRefused(
                Gateway.asks(realm, "DELETE", "", secret).header(HEADER, OUTSIDE), "address_not_allowed");
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
        networks.assertAccepted(Gateway.asks(realm, "GET", "", own));
        networks.assertAccepted(networks.gateway(own));
        networks.assertAccepted(networks.gateway(own, OUTSIDE));
    }
}
