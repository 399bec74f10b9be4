package io.qahub.keycloak.apitokens.keycloak;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.vault.VaultStringSecret;

/**
 * The server settings for the keys of stored digests, of which at most one may be set. Error messages do not contain
 * the value of a setting, because it may be a key in the wrong setting.
 */
public enum DigestKeySetting {
    DIGEST_KEYS_FILE("File with the keys of stored digests, newest first."),
    DIGEST_KEYS("Keys of stored digests, newest first. Set it as an environment variable."),
    DIGEST_KEYS_VAULT_ENTRY("Entry of the vault, in the realm master, with the keys of stored digests, newest first.");

    private static final Pattern VAULT_ENTRY = Pattern.compile("[^\\s/\\\\{}]+");

    private final String help;

    DigestKeySetting(String help) {
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
     * Parses the keys if they are in a file or an option, and checks the name of a vault entry, which cannot be read
     * before the realm master exists.
     *
     * @param parser throws an {@link IllegalArgumentException} for invalid keys
     * @throws IllegalArgumentException if more than one of the settings is set, or its keys cannot be read
     */
    public static <T> Optional<T> read(Function<String, T> parser) {
        List<DigestKeySetting> set = Arrays.stream(values())
                .filter(setting -> new Option(setting).value().isPresent())
                .toList();
        if (set.size() > 1) {
            throw new IllegalArgumentException("Only one of "
                    + String.join(
                            ", ", set.stream().map(DigestKeySetting::option).toList()) + " may be set.");
        }
        DIGEST_KEYS_VAULT_ENTRY.value().ifPresent(DigestKeySetting::checkVaultEntry);
        return new Option(DIGEST_KEYS_FILE)
                .file()
                .map(keys -> DIGEST_KEYS_FILE.parse(keys, parser))
                .or(() -> DIGEST_KEYS.value().map(keys -> DIGEST_KEYS.parse(keys, parser)));
    }

    /** As {@link #read}, if the keys are in the vault; the realm master must exist. */
    public static <T> Optional<T> readVault(KeycloakSessionFactory factory, Function<String, T> parser) {
        return DIGEST_KEYS_VAULT_ENTRY
                .value()
                .map(entry -> KeycloakModelUtils.runJobInTransactionWithResult(
                        factory, session -> DIGEST_KEYS_VAULT_ENTRY.parse(readVault(session, entry), parser)));
    }

    private static void checkVaultEntry(String name) {
        if (!VAULT_ENTRY.matcher(name).matches()) {
            throw DIGEST_KEYS_VAULT_ENTRY.invalid("the name of an entry must not contain spaces, slashes or braces");
        }
    }

    /** Keycloak's vault providers require a realm. */
    private static String readVault(KeycloakSession session, String entry) {
        session.getContext().setRealm(session.realms().getRealmByName(Config.getAdminRealm()));
        try (VaultStringSecret secret = session.vault().getStringSecret("${vault." + entry + "}")) {
            return secret.get()
                    .orElseThrow(() -> DIGEST_KEYS_VAULT_ENTRY.invalid(
                            "the vault has no such entry in the realm %s".formatted(Config.getAdminRealm())));
        }
    }

    private Optional<String> value() {
        return new Option(this).value();
    }

    private <T> T parse(String keys, Function<String, T> parser) {
        try {
            return parser.apply(keys);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage() + "; generate one with \"openssl rand -base64 32\"");
        }
    }

    private IllegalArgumentException invalid(String reason) {
        return new Option(this).invalid(reason);
    }
}
