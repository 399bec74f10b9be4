package io.qahub.keycloak.apitokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.qahub.keycloak.apitokens.lifecycle.LifecycleFactory;
import io.qahub.keycloak.apitokens.lifecycle.LifecycleSpi;
import io.qahub.keycloak.apitokens.model.ApiTokensFactory;
import io.qahub.keycloak.apitokens.model.ApiTokensSpi;
import io.qahub.keycloak.apitokens.resourceserver.ResourceServersFactory;
import io.qahub.keycloak.apitokens.resourceserver.ResourceServersSpi;
import io.qahub.keycloak.apitokens.selfservice.AttemptLimitFactory;
import io.qahub.keycloak.apitokens.selfservice.AttemptLimitSpi;
import io.qahub.keycloak.apitokens.verify.TokenVerifierFactory;
import io.qahub.keycloak.apitokens.verify.TokenVerifierSpi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.Config;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** What an operator may set, and what stops the start. */
class ServerSettingsTest {
    private static final String SCOPE = "api-tokens-test.";
    private static final Pattern DOCUMENTED = Pattern.compile("\\| `(--spi-[a-z-]+)` \\|");
    private static final Map<Spi, ProviderFactory<?>> FACTORIES = Map.of(
            new ApiTokensSpi(), new ApiTokensFactory(),
            new TokenVerifierSpi(), new TokenVerifierFactory(),
            new LifecycleSpi(), new LifecycleFactory(),
            new AttemptLimitSpi(), new AttemptLimitFactory(),
            new ResourceServersSpi(), new ResourceServersFactory());

    @AfterEach
    void unset() {
        System.getProperties().keySet().removeIf(key -> ((String) key).startsWith(SCOPE));
    }

    @ParameterizedTest
    @CsvSource({
        "api-tokens,bcryptCost,9,10 to 30",
        "api-tokens,bcryptCost,31,10 to 30",
        "api-token-verifier,rowMaximumAge,-1,0 to 86400",
        "api-token-verifier,rowMaximumAge,86401,0 to 86400",
        "api-token-verifier,rows,0,1 to 100000000",
        "api-token-verifier,proofs,0,1 to 100000000",
        "api-token-verifier,proofs,many,1 to 100000000",
        "api-token-verifier,concurrentBcrypt,0,1 to 1024",
        "api-token-verifier,concurrentBcrypt,1.5,1 to 1024",
        "api-token-self-service,attemptsPerMinute,0,1 to 1000000",
        "api-token-self-service,addresses,0,1 to 100000000",
        "api-token-resource-server,clients,0,1 to 100000000",
        "api-token-lifecycle,replacedSecrets,0,1 to 100000000",
        "api-token-lifecycle,lastUsedFlush,-1,0 to 60",
        "api-token-lifecycle,lastUsedFlush,61,0 to 60",
        "api-token-lifecycle,lastUsedTokens,0,1 to 100000000",
        "api-token-lifecycle,cleanUpInterval,0,1 to 86400",
        "api-token-lifecycle,cleanUpInterval,99999999999,1 to 86400",
    })
    void aValueOutsideItsRangeStopsTheStartAndSaysWhatIsAllowed(String spi, String name, String value, String range) {
        System.setProperty(SCOPE + name, value);
        Config.Scope config = new Config.SystemPropertiesScope(SCOPE);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> factory(spi).init(config))
                .getMessage();
        assertEquals(
                "%s must be a whole number from %s, not \"%s\"."
                        .formatted(option(spi, factory(spi), name), range, value),
                message);
    }

    @ParameterizedTest
    @CsvSource({
        "api-tokens,bcryptCost,10",
        "api-tokens,bcryptCost,30",
        "api-token-verifier,rowMaximumAge,0",
        "api-token-verifier,concurrentBcrypt,1",
        "api-token-verifier,concurrentBcrypt,' 2 '",
        "api-token-lifecycle,lastUsedFlush,0",
        "api-token-lifecycle,lastUsedFlush,60",
        "api-token-lifecycle,cleanUpInterval,''",
    })
    void theEdgesOfTheRangesAreAllowed(String spi, String name, String value) {
        System.setProperty(SCOPE + name, value);
        factory(spi).init(new Config.SystemPropertiesScope(SCOPE));
    }

    @Test
    void everySettingIsDocumentedAndEveryDocumentedSettingIsThere() throws IOException {
        Set<String> settings = new TreeSet<>();
        FACTORIES.forEach((spi, factory) -> factory.getConfigMetadata()
                .forEach(setting -> settings.add(option(spi.getName(), factory, setting.getName()))));
        Set<String> documented = DOCUMENTED
                .matcher(Files.readString(Path.of("docs/settings.md")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(settings, documented);
    }

    private static ProviderFactory<?> factory(String spi) {
        return FACTORIES.entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals(spi))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static String option(String spi, ProviderFactory<?> factory, String name) {
        return "--spi-" + spi + "--" + factory.getId() + "--"
                + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
