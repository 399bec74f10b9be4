package io.qahub.keycloak.apitokens.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.model.Verification.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedNetworksTest {
    private static final Optional<Reason> UNKNOWN = Optional.of(Reason.ADDRESS_UNKNOWN);
    private static final Optional<Reason> NOT_ALLOWED = Optional.of(Reason.ADDRESS_NOT_ALLOWED);

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.0.0/16, 10.1.0.0/16",
        "10.0.0.0/8, 10.0.0.0/8, 10.0.0.0/8",
        "10.0.0.0/8, 8.0.0.0/6, 10.0.0.0/8",
        "10.0.0.0/8, 192.0.2.0/24, ''",
        "10.0.0.0/8, ::/0, ''",
        "10.0.0.0/8 2001:db8::/32, 10.1.0.0/16 192.0.2.0/24 2001:db8:1::/48, 10.1.0.0/16 2001:db8:1::/48",
        "10.0.0.0/8, 10.1.0.0/16 10.2.0.0/16, 10.1.0.0/16 10.2.0.0/16",
        "0.0.0.0/0, 10.0.0.0/8 ::/0, 10.0.0.0/8",
        "0.0.0.0/0 ::/0, 10.0.0.0/8, 10.0.0.0/8",
        "0.0.0.0/0 ::/0, 0.0.0.0/0 ::/0, ''"
    })
    void theIntersectionIsWhatBothAllow(String one, String two, String both) {
        AllowedNetworks first = AllowedNetworks.split(one);
        AllowedNetworks second = AllowedNetworks.split(two);
        assertEquals(both, String.join(" ", first.and(second).texts()));
        assertEquals(both, String.join(" ", second.and(first).texts()));
    }

    @Test
    void theIntersectionOfAllAndAllIsNoRestrictionAndThatOfNothingIsOne() {
        assertFalse(AllowedNetworks.ALL.and(AllowedNetworks.ALL).isRestricted());
        AllowedNetworks nothing = AllowedNetworks.split("10.0.0.0/8").and(AllowedNetworks.split("::/0"));
        assertTrue(nothing.isRestricted());
        assertTrue(AllowedNetworks.ALL.and(AllowedNetworks.NONE).isRestricted());
        assertTrue(AllowedNetworks.NONE.and(AllowedNetworks.ALL).isRestricted());
    }

    @Test
    void storedNetworksAreReadAsWritten() {
        for (String stored : List.of("10.0.0.0/8", "2001:db8::/32 10.0.0.0/8", "::/0")) {
            assertEquals(stored, AllowedNetworks.join(AllowedNetworks.split(stored)));
        }
        assertNull(AllowedNetworks.join(AllowedNetworks.ALL));
        assertFalse(AllowedNetworks.split(null).isRestricted());
    }

    /** For example, after an error in a script that changes the database. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "office", "10.0.0.0/8,192.0.2.0/24", "10.0.0.0/8  192.0.2.0/24", "10.1.2.3/8"})
    void networksThatAreStoredWronglyAllowNoAddress(String stored) {
        AllowedNetworks networks = AllowedNetworks.split(stored);
        assertTrue(networks.isRestricted());
        for (String address : List.of("10.0.0.1", "192.0.2.1", "::1")) {
            assertEquals(NOT_ALLOWED, CallerAddress.of(address).rejection(networks));
        }
        assertEquals(UNKNOWN, CallerAddress.UNKNOWN.rejection(networks));
        assertEquals(UNKNOWN, CallerAddress.CHECKED_BY_RESOURCE_SERVER.rejection(networks));
    }

    @Test
    void allAddressesInAnyOrderAreNoRestriction() throws Exception {
        for (List<String> all : List.of(
                List.of("0.0.0.0/0", "::/0"),
                List.of("::/0", "0.0.0.0/0"),
                List.of("::/0", "10.0.0.0/8", "::ffff:0:0/96"))) {
            assertSame(AllowedNetworks.ALL, AllowedNetworks.of(all));
        }
        assertEquals(Optional.empty(), CallerAddress.UNKNOWN.rejection(AllowedNetworks.ALL));
        assertEquals(Optional.empty(), CallerAddress.of("x").rejection(AllowedNetworks.ALL));
    }

    @Test
    void anAddressIsRejectedIfItIsUnknownOrOutside() {
        AllowedNetworks networks = AllowedNetworks.split("10.0.0.0/8 2001:db8::/32");
        for (String inside : List.of("10.1.2.3", "::ffff:10.1.2.3", "2001:DB8::1")) {
            assertEquals(Optional.empty(), CallerAddress.of(inside).rejection(networks), inside);
        }
        for (String outside : List.of("11.0.0.0", "2001:db9::", "::10.1.2.3")) {
            assertEquals(NOT_ALLOWED, CallerAddress.of(outside).rejection(networks), outside);
        }
        for (String none : List.of("", "unknown", "10.1.2.3:80", "[2001:db8::1]", "10.1.2.3, 10.1.2.3", "10.0.0.0/8")) {
            assertEquals(UNKNOWN, CallerAddress.of(none).rejection(networks), none);
        }
        assertEquals(UNKNOWN, CallerAddress.of(null).rejection(networks));
        assertEquals(Optional.empty(), CallerAddress.CHECKED_BY_RESOURCE_SERVER.rejection(networks));
    }
}
