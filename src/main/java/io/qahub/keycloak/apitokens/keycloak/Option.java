package io.qahub.keycloak.apitokens.keycloak;

import java.util.Locale;
import java.util.Optional;
import org.keycloak.Config;

/** An option {@code --spi-api-tokens--default--<name>} of the server, named as a constant of an enumeration. */
record Option(Enum<?> setting) {
    private static final String SPI = "api-tokens";
    private static final String PROVIDER = "default";

    /** Returns the configured value without surrounding whitespace, empty if it is not set or blank. */
    Optional<String> value() {
        return Optional.ofNullable(Config.scope(SPI, PROVIDER).get(key()))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Returns the name on the command line. */
    String name() {
        return "--spi-" + SPI + "--" + PROVIDER + "--"
                + setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the name in camel case, as required by Keycloak's configuration. */
    String key() {
        StringBuilder key = new StringBuilder();
        for (String word : setting.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return key.toString();
    }
}
