package io.qahub.keycloak.apitokens.keycloak;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.provider.ProviderConfigProperty;

/** The server setting for the keys of GitHub's secret scanning. */
public enum GithubKeysSetting {
    GITHUB_KEYS_FILE("File with the public keys of GitHub's secret scanning, as GitHub publishes them.");

    private final String help;

    GithubKeysSetting(String help) {
        this.help = help;
    }

    /** Returns the command-line option, {@code --spi-api-tokens--default--<name>}. */
    public String option() {
        return new Option(this).name();
    }

    /** Returns the metadata that Keycloak shows for {@code kc.sh --help-all} and in the server info. */
    public static List<ProviderConfigProperty> properties() {
        return Arrays.stream(values())
                .map(setting -> new Option(setting).property(setting.help))
                .toList();
    }

    /**
     * Parses the file; returns empty if none is set.
     *
     * @param parser throws an {@link IllegalArgumentException} for invalid keys
     * @throws IllegalArgumentException if the file cannot be read or is invalid
     */
    public <T> Optional<T> read(Function<String, T> parser) {
        Option option = new Option(this);
        return option.file().map(text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw option.invalid(String.valueOf(e.getMessage()));
            }
        });
    }
}
