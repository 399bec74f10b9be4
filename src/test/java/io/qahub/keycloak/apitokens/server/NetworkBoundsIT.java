package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.model.NetworkBounds;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The first and the last address of networks and their neighbors, at introspection. */
class NetworkBoundsIT {
    private static Networks networks;
    private static JsonNode token;

    @BeforeAll
    static void makeRealm() {
        networks = Networks.fresh("network-bounds");
        token = networks.newToken("192.0.2.1");
    }

    @AfterAll
    static void deleteRealm() {
        networks.realm().delete();
    }

    @TestFactory
    Stream<DynamicTest> aNetworkContainsItsAddressesAndNoOthers() {
        Stream<NetworkBounds> v4 =
                IntStream.of(0, 1, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32).mapToObj(NetworkBounds::v4);
        Stream<NetworkBounds> v6 = IntStream.of(0, 1, 3, 31, 32, 33, 63, 64, 65, 95, 96, 97, 127, 128)
                .mapToObj(NetworkBounds::v6);
        return Stream.concat(v4, v6)
                .map(bounds -> DynamicTest.dynamicTest(bounds.network(), () -> assertBounds(bounds)));
    }

    private static void assertBounds(NetworkBounds bounds) {
        networks.change(token, bounds.network());
        bounds.inside().forEach(address -> assertTrue(isActive(address), address));
        bounds.outside().forEach(address -> assertFalse(isActive(address), address));
    }

    /** All IPv4 addresses are not all addresses. */
    @Test
    void aNetworkOfAllAddressesContainsNoneOfTheOtherVersion() {
        networks.change(token, "0.0.0.0/0");
        assertEquals("[true, true, false, false]", around());
        networks.change(token, "::/0");
        assertEquals("[false, false, true, true]", around());
        assertFalse(networks.isActive(token.path("token").asText(), null));
    }

    private static String around() {
        return Stream.of("192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1", "::192.0.2.1")
                .map(NetworkBoundsIT::isActive)
                .toList()
                .toString();
    }

    private static boolean isActive(String address) {
        return networks.isActive(token.path("token").asText(), address);
    }
}
