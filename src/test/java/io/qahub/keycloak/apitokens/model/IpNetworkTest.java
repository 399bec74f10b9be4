package io.qahub.keycloak.apitokens.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {
    /** Networks of every prefix length. */
    static Stream<NetworkBounds> bounds() {
        return Stream.concat(
                IntStream.rangeClosed(0, 32).mapToObj(NetworkBounds::v4),
                IntStream.rangeClosed(0, 128).mapToObj(NetworkBounds::v6));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void aNetworkContainsItsFirstAndLastAddressAndNotTheirNeighbors(NetworkBounds bounds) throws Exception {
        IpNetwork network = IpNetwork.parse(bounds.network());
        bounds.inside().forEach(address -> assertTrue(network.contains(host(address)), address));
        bounds.outside().forEach(address -> assertFalse(network.contains(host(address)), address));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void theTextOfANetworkIsTheSameNetwork(NetworkBounds bounds) throws Exception {
        IpNetwork network = IpNetwork.parse(bounds.network());
        assertEquals(network, IpNetwork.parse(network.toString()));
        assertTrue(network.toString().length() <= 43, network.toString());
    }

    /** All bits after the prefix must be 0; the message says what may be meant. */
    @ParameterizedTest
    @MethodSource("bounds")
    void anotherAddressOfTheNetworkIsRejectedWithTheNetwork(NetworkBounds bounds) throws Exception {
        IpNetwork network = IpNetwork.parse(bounds.network());
        String length = "/" + network.prefixLength();
        String last = bounds.inside().get(1);
        if (host(last).equals(host(bounds.inside().get(0)))) {
            assertEquals(network, IpNetwork.parse(last + length));
        } else {
            String message = assertThrows(InvalidTokenRequestException.class, () -> IpNetwork.parse(last + length))
                    .getMessage();
            assertTrue(message.contains(network.toString()), message);
        }
    }

    @Test
    void aNetworkContainsTheNetworksWithinIt() throws Exception {
        IpNetwork outer = IpNetwork.parse("10.0.0.0/8");
        for (String inner : List.of("10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "10.255.255.255/32")) {
            assertTrue(outer.contains(IpNetwork.parse(inner)), inner);
        }
        for (String other : List.of("10.0.0.0/7", "0.0.0.0/0", "11.0.0.0/8", "::/0", "a00::/8")) {
            assertFalse(outer.contains(IpNetwork.parse(other)), other);
        }
    }

    @Test
    void theVersionsOfIpHaveNoAddressInCommon() throws Exception {
        assertFalse(IpNetwork.parse("0.0.0.0/0").contains(host("::")));
        assertFalse(IpNetwork.parse("::/0").contains(host("0.0.0.0")));
        assertFalse(IpNetwork.parse("::/0").contains(host("::ffff:0.0.0.0")));
        assertTrue(IpNetwork.parse("::/0").contains(host("::0.0.0.0")));
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:192.0.2.1, 192.0.2.1/32",
        "::FFFF:c000:201, 192.0.2.1/32",
        "0:0:0:0:0:ffff:192.0.2.1, 192.0.2.1/32",
        "::, ::/128",
        "::1, ::1/128",
        "1::, 1::/128",
        "0:0:0:1::, 0:0:0:1::/128",
        "1:0:0:2:3:0:0:4, 1::2:3:0:0:4/128",
        "1:0:0:2:0:0:0:4, 1:0:0:2::4/128",
        "1:0:2:0:3:0:4:0, 1:0:2:0:3:0:4:0/128",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::/128",
        "0:0:3:4:5:6:0:0, ::3:4:5:6:0:0/128",
        "2001:DB8::A, 2001:db8::a/128",
        "2001:0db8::00a0, 2001:db8::a0/128",
        "100:10:0:0:10:0:0:0, 100:10:0:0:10::/128"
    })
    void anAddressIsANetworkInCanonicalForm(String text, String canonical) throws Exception {
        assertEquals(canonical, host(text).toString());
        assertEquals(canonical, IpNetwork.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:0:0/96, 0.0.0.0/0",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::ffff:10.1.2.3/128, 10.1.2.3/32",
        "::ffff:a00:0/104, 10.0.0.0/8"
    })
    void anIpv4MappedNetworkIsAnIpv4Network(String text, String canonical) throws Exception {
        assertEquals(canonical, IpNetwork.parse(text).toString());
    }

    /** {@code InetAddress} would look such a name up in the DNS, or accept it as an abbreviation. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.org",
                "cafe",
                "dead.beef",
                "1",
                "10.1",
                "10.1.2",
                "010.1.2.3",
                "10.1.2.03",
                "0x0a.1.2.3",
                "4294967296",
                "10.1.2.256",
                "10.1.2.3.4",
                "10.1.2.3 ",
                "10.1.2.3\n",
                "[::1]",
                "::1%lo",
                "::1%1",
                "fe80::1%eth0",
                "1::2::3",
                ":::",
                ":",
                "::10.1.2",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:10.1.2.3",
                "12345::",
                "g::",
                "10.1.2.3:80",
                "１０.1.2.3",
                "١.1.2.3",
                "::１"
            })
    void whatIsNotAnAddressIsRejected(String text) {
        assertEquals(Optional.empty(), IpNetwork.ofAddress(text));
        for (String network : List.of(text, text + "/8", text + "/")) {
            assertThrows(InvalidTokenRequestException.class, () -> IpNetwork.parse(network));
        }
    }

    /** A message can be shown in full: it contains nothing of the request but a network. */
    @Test
    void aMessageDoesNotRepeatWhatIsNotANetwork() {
        for (String text : List.of("secret", "10.0.0.0/secret", "secret/8", "::secret")) {
            String message = assertThrows(InvalidTokenRequestException.class, () -> IpNetwork.parse(text))
                    .getMessage();
            assertFalse(message.contains("secret"), message);
        }
    }

    /** The pattern must not take exponential time, and no text may cause another exception. */
    @Test
    void randomAndHugeTextsAreRejectedOrHaveACanonicalForm() throws Exception {
        String characters = "0123456789abcdef:::...//% ";
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(24), 0, characters.length()).forEach(at -> text.append(characters.charAt(at)));
            Optional<IpNetwork> address = IpNetwork.ofAddress(text.toString());
            if (address.isPresent()) {
                assertEquals(address.get(), IpNetwork.parse(address.get().toString()), text.toString());
            }
        }
        for (String part : List.of("0", ":", ".", "0:", "0.", "1.1", "f:", "::", "/")) {
            assertEquals(Optional.empty(), IpNetwork.ofAddress(part.repeat(1 << 20)), part);
        }
    }

    private static IpNetwork host(String address) {
        return IpNetwork.ofAddress(address).orElseThrow(() -> new AssertionError(address));
    }
}
