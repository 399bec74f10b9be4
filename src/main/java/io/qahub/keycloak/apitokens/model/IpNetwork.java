package io.qahub.keycloak.apitokens.model;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation (RFC 4632; RFC 4291, section 2.3), such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}.
 * An address is a network of its own. IPv4-mapped IPv6 addresses (RFC 4291, section 2.5.5.2) count as IPv4.
 *
 * @param address the first address
 * @param prefixLength the number of bits that all addresses of the network have in common
 */
public record IpNetwork(InetAddress address, int prefixLength) {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4 = "(?:" + OCTET + "\\.){3}" + OCTET;
    private static final String IPV6 = "(?:[0-9A-Fa-f]{0,4}:){2,8}(?:[0-9A-Fa-f]{0,4}|" + IPV4 + ")";

    /** With any other text, {@link InetAddress#getByName} could query the DNS. */
    private static final Pattern ADDRESS = Pattern.compile(IPV4 + "|" + IPV6);

    private static final Pattern PREFIX_LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

    /** The number of bits before the IPv4 address in an IPv4-mapped IPv6 address. */
    private static final int MAPPED_BITS = 96;

    /**
     * Parses a network, or an address as a network of its own.
     *
     * @throws InvalidTokenRequestException if {@code text} is invalid; the message says why, but does not repeat
     *     {@code text}, which may be a secret
     */
    static IpNetwork parse(String text) throws InvalidTokenRequestException {
        int slash = text.indexOf('/');
        IpNetwork host = ofAddress(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new InvalidTokenRequestException(
                        "must be an IP address or a network in CIDR notation, such as 192.0.2.0/24 or 2001:db8::/32"));
        if (slash < 0) {
            return host;
        }
        int length = prefixLength(host, text.substring(0, slash).contains(":"), text.substring(slash + 1));
        IpNetwork network = new IpNetwork(host.firstAddress(length), length);
        if (!network.address.equals(host.address)) {
            throw new InvalidTokenRequestException(
                    "has bits that are set after the prefix; use " + network + " instead");
        }
        return network;
    }

    private static int prefixLength(IpNetwork host, boolean isWrittenAsIpv6, String text)
            throws InvalidTokenRequestException {
        boolean isMapped = isWrittenAsIpv6 && host.isIpv4();
        int min = isMapped ? MAPPED_BITS : 0;
        int max = min + host.prefixLength;
        if (PREFIX_LENGTH.matcher(text).matches()) {
            int length = Integer.parseInt(text);
            if (length >= min && length <= max) {
                return length - min;
            }
        }
        throw new InvalidTokenRequestException("must have a prefix length from " + min + " to " + max);
    }

    /** Returns the network of the address {@code text}, which may be any string; empty if it is not an IP address. */
    public static Optional<IpNetwork> ofAddress(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            return Optional.of(new IpNetwork(address, address.getAddress().length * Byte.SIZE));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Returns whether all addresses of {@code other} belong to this network. */
    public boolean contains(IpNetwork other) {
        byte[] first = address.getAddress();
        byte[] others = other.address.getAddress();
        return first.length == others.length
                && other.prefixLength >= prefixLength
                && commonBits(first, others) >= prefixLength;
    }

    private static int commonBits(byte[] one, byte[] other) {
        int index = Arrays.mismatch(one, other);
        return index < 0
                ? one.length * Byte.SIZE
                : index * Byte.SIZE + Integer.numberOfLeadingZeros((one[index] ^ other[index]) << 24);
    }

    /** Returns the first address of the network of this length that contains the address. */
    private InetAddress firstAddress(int length) {
        byte[] bytes = address.getAddress();
        int free = bytes.length * Byte.SIZE - length;
        byte[] first = new BigInteger(1, bytes).shiftRight(free).shiftLeft(free).toByteArray();
        byte[] padded = new byte[bytes.length];
        int copied = Math.min(first.length, padded.length); // may start with an additional 0 for the sign
        System.arraycopy(first, first.length - copied, padded, padded.length - copied, copied);
        try {
            return InetAddress.getByAddress(padded);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // thrown only for another number of bytes
        }
    }

    private boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /** Returns the address without the prefix length. */
    String addressText() {
        String text = address.getHostAddress();
        return isIpv4() ? text : compressed(text);
    }

    /** Replaces the longest sequence of zeros, the first of several (RFC 5952, section 4.2). */
    private static String compressed(String text) {
        return ZEROS.matcher(text)
                .results()
                .max(Comparator.comparing(IpNetwork::zeros))
                .map(longest -> text.substring(0, longest.start()) + "::" + text.substring(longest.end()))
                .orElse(text);
    }

    private static long zeros(MatchResult match) {
        return match.group().chars().filter(c -> c == '0').count();
    }

    /** Returns the network in CIDR notation, in the canonical form of RFC 5952. */
    @Override
    public String toString() {
        return addressText() + "/" + prefixLength;
    }
}
