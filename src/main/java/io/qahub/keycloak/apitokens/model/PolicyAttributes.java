package io.qahub.keycloak.apitokens.model;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses the realm attributes {@code apiTokens.*}. Blank attributes are unset; invalid ones are rejected. */
record PolicyAttributes(Function<String, @Nullable String> attributes) {
    private static final String PREFIX = "apiTokens.";
    private static final int MAX_NUMBER = 100_000_000;

    OptionalInt days(String name) throws InvalidPolicyException {
        return number(name, 1);
    }

    OptionalInt number(String name, int min) throws InvalidPolicyException {
        String value = value(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= MAX_NUMBER) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new InvalidPolicyException(PREFIX + name, "a whole number from " + min + " to " + MAX_NUMBER);
    }

    boolean flag(String name, boolean fallback) throws InvalidPolicyException {
        return switch (value(name)) {
            case "" -> fallback;
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidPolicyException(PREFIX + name, "true or false");
        };
    }

    Set<String> names(String name, String fallback) {
        String value = value(name);
        return Arrays.stream((value.isEmpty() ? fallback : value).split("[\\s,]+"))
                .collect(Collectors.toUnmodifiableSet());
    }

    private String value(String name) {
        String value = attributes.apply(PREFIX + name);
        return value == null ? "" : value.strip();
    }
}
