package io.qahub.keycloak.apitokens.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class NetworkTest {
    @Test
    void anIpv4AddressIsItsOwnNetwork() {
        assertEquals("198.51.100.7", Network.of("198.51.100.7"));
        assertNotEquals(Network.of("198.51.100.7"), Network.of("198.51.100.8"));
    }

    @Test
    void theAddressesOfAnIpv6SubnetAreOneNetwork() {
        assertEquals(Network.of("2001:db8:1:2::1"), Network.of("2001:db8:1:2:ffff::9"));
        assertNotEquals(Network.of("2001:db8:1:2::1"), Network.of("2001:db8:1:3::1"));
    }

    @Test
    void textThatIsNotAnAddressIsUnchanged() {
        assertEquals("unknown", Network.of("unknown"));
        assertEquals(":x", Network.of(":x"));
    }

    @Test
    void anUnknownAddressIsANetworkOfItsOwn() {
        assertEquals(Network.of(null), Network.of(null));
        assertNotEquals(Network.of(null), Network.of("unknown"));
        assertNotEquals(Network.of(null), Network.of("127.0.0.1"));
    }
}
