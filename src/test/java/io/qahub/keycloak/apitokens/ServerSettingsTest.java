package io.qahub.keycloak.apitokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.qahub.keycloak.apitokens.keycloak.DigestKeySetting;
import io.qahub.keycloak.apitokens.keycloak.GithubKeysSetting;
import io.qahub.keycloak.apitokens.keycloak.ServerSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.Config;
import org.keycloak.provider.ProviderConfigProperty;

/** Server settings: valid values, and values that prevent the server from starting. */
class ServerSettingsTest {
    private static final String SCOPE = "keycloak.api-tokens.default.";
    private static final Pattern DOCUMENTED = Pattern.compile("\\| `(--spi-[a-z-]+)` \\|");

    @AfterEach
    void unset() {
        System.getProperties().keySet().removeIf(key -> ((String) key).startsWith(SCOPE));
    }

    @ParameterizedTest
    @CsvSource({
        "bcryptCost,bcrypt-cost,9,10 to 30",
        "bcryptCost,bcrypt-cost,31,10 to 30",
        "bcryptConcurrency,bcrypt-concurrency,0,1 to 1024",
        "bcryptConcurrency,bcrypt-concurrency,1.5,1 to 1024",
        "cacheMaxAge,cache-max-age,-1,0 to 86400",
        "cacheMaxAge,cache-max-age,86401,0 to 86400",
        "cachedTokensMaxCount,cached-tokens-max-count,0,1 to 100000000",
        "verifiedSecretsMaxCount,verified-secrets-max-count,0,1 to 100000000",
        "verifiedSecretsMaxCount,verified-secrets-max-count,many,1 to 100000000",
        "attemptsPerMinute,attempts-per-minute,0,1 to 1000000",
        "attemptsMaxCount,attempts-max-count,0,1 to 100000000",
        "replacedSecretsMaxCount,replaced-secrets-max-count,0,1 to 100000000",
        "lastUsedFlushInterval,last-used-flush-interval,-1,0 to 60",
        "lastUsedFlushInterval,last-used-flush-interval,61,0 to 60",
        "lastUsedInterval,last-used-interval,9,10 to 3600",
        "lastUsedInterval,last-used-interval,3601,10 to 3600",
        "lastUsedMaxCount,last-used-max-count,0,1 to 100000000",
        "cleanUpInterval,clean-up-interval,0,1 to 86400",
        "cleanUpInterval,clean-up-interval,99999999999,1 to 86400",
    })
    void aValueOutOfRangePreventsTheStartWithAMessageThatStatesTheRange(
            String key, String name, String value, String range) {
        System.setProperty(SCOPE + key, value);
        String message = assertThrows(IllegalArgumentException.class, ServerSettingsTest::start)
                .getMessage();
        assertEquals(
                "--spi-api-tokens--default--%s must be a whole number from %s, not \"%s\"."
                        .formatted(name, range, value),
                message);
    }

    @ParameterizedTest
    @CsvSource({
        "bcryptCost,10",
        "bcryptCost,30",
        "cacheMaxAge,0",
        "bcryptConcurrency,1",
        "bcryptConcurrency,' 2 '",
        "lastUsedFlushInterval,0",
        "lastUsedFlushInterval,60",
        "lastUsedInterval,10",
        "lastUsedInterval,3600",
        "cleanUpInterval,''",
    })
    void theLimitsOfEachRangeAreAllowed(String key, String value) {
        System.setProperty(SCOPE + key, value);
        start();
    }

    @Test
    void everySettingIsDocumentedAndEveryDocumentedSettingExists() throws IOException {
        Set<String> documented = DOCUMENTED
                .matcher(Files.readString(Path.of("docs/settings.md")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Stream.of(
                                Arrays.stream(ServerSetting.values()).map(ServerSetting::option),
                                Arrays.stream(DigestKeySetting.values()).map(DigestKeySetting::option),
                                Arrays.stream(GithubKeysSetting.values()).map(GithubKeysSetting::option))
                        .flatMap(options -> options)
                        .collect(Collectors.toCollection(TreeSet::new)),
                documented);
    }

    @Test
    void theMetadataOfEverySettingHasItsConfigurationKey() {
        for (ProviderConfigProperty shown : new ApiTokensFactory().getConfigMetadata()) {
            System.setProperty(SCOPE + shown.getName(), "no/ne");
            assertThrows(IllegalArgumentException.class, ServerSettingsTest::start, shown.getName());
            unset();
        }
    }

    private static void start() {
        new ApiTokensFactory().init(Config.scope("api-tokens", "default"));
    }
}
