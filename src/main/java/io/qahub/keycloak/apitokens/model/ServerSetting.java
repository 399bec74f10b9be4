package io.qahub.keycloak.apitokens.model;

import java.util.Locale;
import org.keycloak.Config;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * A server setting that is a whole number, {@code --spi-<spi>--<provider>--<name>}.
 *
 * @param name in camel case, as Keycloak's configuration has it; operators write it with hyphens
 * @param least the smallest number that makes sense
 * @param most the largest
 */
public record ServerSetting(String spi, String provider, String name, int fallback, int least, int most, String help) {

    /** Of the SPI's provider {@code default}. */
    public ServerSetting(String spi, String name, int fallback, int least, int most, String help) {
        this(spi, "default", name, fallback, least, most, help);
    }

    /**
     * Returns what the operator set, or else the fallback.
     *
     * @throws IllegalArgumentException if that is not a number in the range; thrown in a factory's {@code init}, its
     *     message is what stops the start
     */
    public int of(Config.Scope config) {
        String value = config.get(name);
        if (value == null || value.isBlank()) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "%s must be a whole number from %d to %d, not \"%s\".".formatted(option(), least, most, value.strip()));
    }

    /** Returns what Keycloak shows of it under {@code kc.sh --help-all} and in the server info. */
    public ProviderConfigProperty property() {
        return new ProviderConfigProperty(name, "", help, "int", fallback);
    }

    private String option() {
        String dashed = name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return "--spi-" + spi + "--" + provider + "--" + dashed;
    }
}
