package io.qahub.keycloak.apitokens.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses the realm attributes {@code apiTokens.*}. Blank attributes are unset; invalid ones are rejected. */
record PolicyAttributes(Function<String, @Nullable String> attributes) {
    private static final String PREFIX = "apiTokens.";
    private static final Set<String> WEB_SCHEMES = Set.of("https", "http");
    private static final String SEPARATOR = "[\\s,]+";
    private static final int MAX_NUMBER = 100_000_000;

    OptionalInt days(String name) throws InvalidPolicyException {
        return number(name, 1);
    }

    /** Reads a number of days that must not exceed another attribute, if that is set. */
    OptionalInt daysUpTo(OptionalInt max, String name, String maxName) throws InvalidPolicyException {
        OptionalInt days = days(name);
        if (days.isPresent() && max.isPresent() && days.getAsInt() > max.getAsInt()) {
            throw new InvalidPolicyException(
                    PREFIX + name, range(1, max.getAsInt()) + ", the value of " + PREFIX + maxName);
        }
        return days;
    }

    OptionalInt number(String name, int min) throws InvalidPolicyException {
        return number(name, range(min, MAX_NUMBER), number -> number >= min);
    }

    /** Reads a number that is either 0, for none, or at least {@code min}. */
    OptionalInt zeroOrNumber(String name, int min) throws InvalidPolicyException {
        return number(name, "0, or " + range(min, MAX_NUMBER), number -> number == 0 || number >= min);
    }

    private OptionalInt number(String name, String expected, IntPredicate condition) throws InvalidPolicyException {
        String value = value(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(value);
            if (number <= MAX_NUMBER && condition.test(number)) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new InvalidPolicyException(PREFIX + name, expected);
    }

    private static String range(int min, int max) {
        return "a whole number from " + min + " to " + max;
    }

    boolean flag(String name, boolean fallback) throws InvalidPolicyException {
        return switch (value(name)) {
            case "" -> fallback;
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidPolicyException(PREFIX + name, "true or false");
        };
    }

    /** Reads the URL of a web page; null if unset. */
    @Nullable
    String webPage(String name) throws InvalidPolicyException {
        String value = value(name);
        if (value.isEmpty()) {
            return null;
        }
        try {
            URI uri = new URI(value);
            if (WEB_SCHEMES.contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null) {
                return value;
            }
        } catch (URISyntaxException e) {
            // reported below
        }
        throw new InvalidPolicyException(PREFIX + name, "the URL of a page, such as https://example.com/help");
    }

    Set<String> names(String name, String fallback) {
        String value = value(name);
        return Arrays.stream((value.isEmpty() ? fallback : value).split(SEPARATOR))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Reads networks in CIDR notation. If unset, all addresses are allowed. */
    AllowedNetworks networks(String name) throws InvalidPolicyException {
        String value = value(name);
        if (value.isEmpty()) {
            return AllowedNetworks.ALL;
        }
        String[] texts = value.split(SEPARATOR);
        try {
            // Without any network, the value consists of separators only.
            return AllowedNetworks.of(texts.length == 0 ? List.of(value) : Arrays.asList(texts));
        } catch (InvalidTokenRequestException e) {
            throw new InvalidPolicyException(
                    PREFIX + name, "networks in CIDR notation, such as 192.0.2.0/24 2001:db8::/32; " + e.getMessage());
        }
    }

    private String value(String name) {
        String value = attributes.apply(PREFIX + name);
        return value == null ? "" : value.strip();
    }
}
