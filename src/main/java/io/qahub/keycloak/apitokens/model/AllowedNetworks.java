package io.qahub.keycloak.apitokens.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The networks from which a token can be used.
 *
 * @param networks without duplicates; empty if no address is allowed
 */
public record AllowedNetworks(List<IpNetwork> networks) {
    /** Bounds the size of a row, and the time of a verification, which parses the networks of the realm. */
    private static final int MAX_COUNT = 40;

    /** Allows all addresses, including unknown ones. */
    public static final AllowedNetworks ALL = allAddresses();

    /** Allows no address. */
    public static final AllowedNetworks NONE = new AllowedNetworks(List.of());

    /**
     * Parses networks in CIDR notation, 40 at most.
     *
     * @throws InvalidTokenRequestException if there are more, or one is invalid; the message, without a full stop, says
     *     which one, and why
     */
    public static AllowedNetworks of(List<String> texts) throws InvalidTokenRequestException {
        Set<IpNetwork> networks = new LinkedHashSet<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                networks.add(IpNetwork.parse(texts.get(i)));
            } catch (InvalidTokenRequestException e) {
                throw new InvalidTokenRequestException("network " + (i + 1) + " " + e.getMessage());
            }
        }
        if (networks.size() > MAX_COUNT) {
            throw new InvalidTokenRequestException("at most " + MAX_COUNT + " networks are allowed");
        }
        return networks.containsAll(ALL.networks) ? ALL : new AllowedNetworks(List.copyOf(networks));
    }

    private static AllowedNetworks allAddresses() {
        List<IpNetwork> networks = new ArrayList<>();
        for (String first : List.of("0.0.0.0", "::")) {
            networks.add(new IpNetwork(IpNetwork.ofAddress(first).orElseThrow().address(), 0));
        }
        return new AllowedNetworks(List.copyOf(networks));
    }

    /** Parses the result of {@link #join}. Allows no address if it is invalid. */
    public static AllowedNetworks split(@Nullable String joined) {
        if (joined == null) {
            return ALL;
        }
        try {
            return of(Arrays.asList(joined.split(" ")));
        } catch (InvalidTokenRequestException e) {
            return NONE;
        }
    }

    /** Returns the networks, space-separated; null if all addresses are allowed. At least one must be allowed. */
    public static @Nullable String join(AllowedNetworks allowed) {
        if (allowed.networks.isEmpty()) {
            throw new IllegalArgumentException("no address is allowed"); // an empty string is null in Oracle
        }
        return allowed.isRestricted() ? String.join(" ", allowed.texts()) : null;
    }

    /** Returns the networks in CIDR notation; empty if all or no addresses are allowed. */
    public List<String> texts() {
        return isRestricted() ? networks.stream().map(IpNetwork::toString).toList() : List.of();
    }

    /** Returns whether some addresses are not allowed. */
    public boolean isRestricted() {
        return !networks.equals(ALL.networks);
    }

    /** Returns whether {@code address} is allowed. */
    boolean contains(IpNetwork address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** Returns the first network that does not overlap with any network of {@code other}. */
    Optional<IpNetwork> firstOutside(AllowedNetworks other) {
        return networks.stream()
                .filter(network -> other.networks.stream()
                        .noneMatch(allowed -> allowed.contains(network) || network.contains(allowed)))
                .findFirst();
    }

    /** Returns the addresses that both allow. */
    public AllowedNetworks and(AllowedNetworks other) {
        if (!isRestricted() || !other.isRestricted()) {
            return isRestricted() ? this : other;
        }
        return new AllowedNetworks(networks.stream()
                .flatMap(one -> other.networks.stream().flatMap(two -> common(one, two)))
                .distinct()
                .toList());
    }

    /** Two networks have no address in common, or one contains the other. */
    private static Stream<IpNetwork> common(IpNetwork one, IpNetwork two) {
        if (one.contains(two)) {
            return Stream.of(two);
        }
        return two.contains(one) ? Stream.of(one) : Stream.empty();
    }
}
