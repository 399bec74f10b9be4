package io.qahub.keycloak.apitokens.model;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network and the addresses at its bounds, calculated in another way than by the provider.
 *
 * @param network in CIDR notation
 * @param inside the first and the last address
 * @param outside the addresses before and after, if there are any
 */
public record NetworkBounds(String network, List<String> inside, List<String> outside) {
    /** Has ones and zeros in every byte; does not start with the zeros of IPv4-mapped addresses. */
    private static final String V4 = "a5c3965a";

    private static final String V6 = "2a5ac396" + "5aa5693c" + "c396a55a" + "96c35aa5";

    /** Returns the IPv4 network of this prefix length that contains a certain address. */
    public static NetworkBounds v4(int length) {
        return of(V4, 32, length);
    }

    /** Returns the IPv6 network of this prefix length that contains a certain address. */
    public static NetworkBounds v6(int length) {
        return of(V6, 128, length);
    }

    private static NetworkBounds of(String address, int bits, int length) {
        BigInteger size = BigInteger.ONE.shiftLeft(bits - length);
        BigInteger first = new BigInteger(address, 16).divide(size).multiply(size);
        BigInteger next = first.add(size);
        List<String> outside = new ArrayList<>();
        if (first.signum() > 0) {
            outside.add(text(first.subtract(BigInteger.ONE), bits));
        }
        if (next.bitLength() <= bits) {
            outside.add(text(next, bits));
        }
        return new NetworkBounds(
                text(first, bits) + "/" + length,
                List.of(text(first, bits), text(next.subtract(BigInteger.ONE), bits)),
                outside);
    }

    private static String text(BigInteger address, int bits) {
        byte[] bytes = new byte[bits / 8];
        byte[] number = address.toByteArray(); // may start with a zero for the sign
        int count = Math.min(number.length, bytes.length);
        System.arraycopy(number, number.length - count, bytes, bytes.length - count, count);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
