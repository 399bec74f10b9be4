package io.qahub.keycloak.apitokens.rest.self;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** The network that is assumed to belong to one caller: an IPv4 address, or the /64 of an IPv6 address. */
final class Network {
    private static final int SUBNET_BYTES = 8;

    private Network() {}

    static String of(String address) {
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
