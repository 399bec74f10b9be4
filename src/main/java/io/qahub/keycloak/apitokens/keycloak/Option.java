package io.qahub.keycloak.apitokens.keycloak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.provider.ProviderConfigProperty;

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

    /**
     * Returns the text of the file that the value names, empty if it is not set or blank.
     *
     * @throws IllegalArgumentException if the file cannot be read
     */
    Optional<String> file() {
        return value().map(this::read);
    }

    private String read(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(("the file cannot be read (%s); check the path and that the account that runs Keycloak"
                            + " may read the file")
                    .formatted(e.getClass().getSimpleName()));
        }
    }

    /** Returns the metadata that Keycloak shows for {@code kc.sh --help-all} and in the server info. */
    ProviderConfigProperty property(String help) {
        return new ProviderConfigProperty(key(), "", help, ProviderConfigProperty.STRING_TYPE, null);
    }

    /** Returns an exception that prevents the start of the server. */
    IllegalArgumentException invalid(String reason) {
        return new IllegalArgumentException("%s is invalid: %s.".formatted(name(), reason));
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
