package io.qahub.keycloak.apitokens.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The network that is assumed to belong to one caller, for limits: an IPv4 address, or the /64 of an IPv6 address. Unlike
 * {@code IpNetwork}, it accepts any text.
 */
final class CallerNetwork {
    private static final String UNKNOWN = "";
    private static final int SUBNET_BYTES = 8;

    private CallerNetwork() {}

    /** Returns the network of {@code address}, which is null if a proxy does not know it. */
    static String of(@Nullable String address) {
        if (address == null) {
            return UNKNOWN;
        }
        if (!address.contains(":")) {
            return address;
        }
        try {
            // An IPv6 literal causes no DNS lookup.
            return InetAddress.getByName(address) instanceof Inet6Address v6
                    ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), SUBNET_BYTES))
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
