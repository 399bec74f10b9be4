package io.qahub.keycloak.apitokens.keycloak;

import java.util.Arrays;
import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/** The server settings {@code --spi-api-tokens--default--<name>}, which are whole numbers. */
public enum ServerSetting {
    BCRYPT_COST(10, 10, 30, "bcrypt cost of new tokens, 10 to 30."),
    BCRYPT_CONCURRENCY(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            1,
            1024,
            "Maximum number of concurrent bcrypt operations; the default is half the cores."),
    CACHE_MAX_AGE(
            30,
            0,
            86_400,
            "Seconds after which a cached token is read again; 0 reads it for each verification, which always applies with external caches."),
    CACHED_TOKENS_MAX_COUNT(100_000, 1, 100_000_000, "Maximum number of tokens that this node caches."),
    VERIFIED_SECRETS_MAX_COUNT(100_000, 1, 100_000_000, "Maximum number of verified secrets that this node caches."),
    LAST_USED_FLUSH_INTERVAL(10, 0, 60, "Seconds between writes of last uses to the database; 0 disables recording."),
    LAST_USED_INTERVAL(60, 10, 3600, "Minimum seconds between two writes of the last use of a token."),
    LAST_USED_MAX_COUNT(100_000, 1, 100_000_000, "Maximum number of tokens whose last use waits to be written."),
    REPLACED_SECRETS_MAX_COUNT(
            10_000,
            1,
            100_000_000,
            "Maximum number of tokens for which this node caches that a replaced secret was used."),
    CLEAN_UP_INTERVAL(3600, 1, 86_400, "Seconds between clean-ups of idle, expired and revoked tokens."),
    ATTEMPTS_PER_MINUTE(
            300,
            1,
            1_000_000,
            "Maximum number of tokens that one address may report, or fail to verify, per minute and node."),
    ATTEMPTS_MAX_COUNT(
            10_000, 1, 100_000_000, "Maximum number of addresses, or IPv6 networks, whose attempts this node counts.");

    private final int defaultValue;
    private final int min;
    private final int max;
    private final String help;

    ServerSetting(int defaultValue, int min, int max, String help) {
        this.defaultValue = defaultValue;
        this.min = min;
        this.max = max;
        this.help = help;
    }

    /**
     * Returns the configured value, or the default if it is not set or blank.
     *
     * @throws IllegalArgumentException if the value is not a whole number within the range
     */
    public int get() {
        String value = new Option(this).value().orElse(null);
        if (value == null) {
            return defaultValue;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new IllegalArgumentException(
                "%s must be a whole number from %d to %d, not \"%s\".".formatted(option(), min, max, value));
    }

    /** Returns the command-line option, {@code --spi-api-tokens--default--<name>}. */
    public String option() {
        return new Option(this).name();
    }

    /** Returns the metadata that Keycloak shows for {@code kc.sh --help-all} and in the server info. */
    public static List<ProviderConfigProperty> properties() {
        return Arrays.stream(values())
                .map(setting -> new ProviderConfigProperty(
                        new Option(setting).key(), "", setting.help, "int", setting.defaultValue))
                .toList();
    }
}
