package io.qahub.keycloak.apitokens.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class CallerNetworkTest {
    @Test
    void anIpv4AddressIsItsOwnNetwork() {
        assertEquals("198.51.100.7", CallerNetwork.of("198.51.100.7"));
        assertNotEquals(CallerNetwork.of("198.51.100.7"), CallerNetwork.of("198.51.100.8"));
    }

    @Test
    void theAddressesOfAnIpv6SubnetAreOneNetwork() {
        assertEquals(CallerNetwork.of("2001:db8:1:2::1"), CallerNetwork.of("2001:db8:1:2:ffff::9"));
        assertNotEquals(CallerNetwork.of("2001:db8:1:2::1"), CallerNetwork.of("2001:db8:1:3::1"));
    }

    @Test
    void textThatIsNotAnAddressIsUnchanged() {
        assertEquals("unknown", CallerNetwork.of("unknown"));
        assertEquals(":x", CallerNetwork.of(":x"));
    }

    @Test
    void anUnknownAddressIsANetworkOfItsOwn() {
        assertEquals(CallerNetwork.of(null), CallerNetwork.of(null));
        assertNotEquals(CallerNetwork.of(null), CallerNetwork.of("unknown"));
        assertNotEquals(CallerNetwork.of(null), CallerNetwork.of("127.0.0.1"));
    }
}
