package io.qahub.keycloak.apitokens.rest.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.ApiTokensFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.Config;

/** The keys of GitHub's secret scanning: signatures, and files that prevent the server from starting. */
class GithubKeysTest {
    private static final String PROPERTY = "keycloak.api-tokens.default.githubKeysFile";
    private static final String OPTION = "--spi-api-tokens--default--github-keys-file";

    /** The message and its signature are in GitHub's documentation of the partner program; the keys were GitHub's. */
    private static final byte[] MESSAGE =
            "[{\"source\":\"commit\",\"token\":\"some_token\",\"type\":\"some_type\",\"url\":\"https://example.com/base-repo-url/\"}]"
                    .getBytes(StandardCharsets.UTF_8);

    private static final String SIGNATURE =
            "MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==";
    private static final String RETIRED = "90a421169f0a406205f1563a953312f0be898d3c7b6c06b681aa86a874555f4a";
    private static final String CURRENT = "bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c";
    private static final String PUBLISHED = """
            {"public_keys":[{"key_identifier":"%s","is_current":false,"key":"-----BEGIN PUBLIC KEY-----\\n\
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9MJJHnMfn2+H4xL4YaPDA4RpJqUq\\n\
            kCmRCBnYERxZanmcpzQSXs1X/AljlKkbJ8qpVIW4clayyef9gWhFbNHWAA==\\n\
            -----END PUBLIC KEY-----\\n"},
            {"key_identifier":"%s","is_current":true,"key":"-----BEGIN PUBLIC KEY-----\\n\
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd\\n\
            AjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==\\n\
            -----END PUBLIC KEY-----\\n"}]}""".formatted(RETIRED, CURRENT);

    @TempDir
    Path directory;

    @AfterEach
    void unset() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void aMessageThatGithubHasSignedIsVerified() {
        GithubKeys keys = GithubKeys.parse(PUBLISHED);
        assertTrue(keys.verify(CURRENT, SIGNATURE, MESSAGE));
        byte[] changed = MESSAGE.clone();
        changed[20]++;
        assertFalse(keys.verify(CURRENT, SIGNATURE, changed));
        assertFalse(keys.verify("", SIGNATURE, MESSAGE));
    }

    @Test
    void aKeyThatIsNotCurrentIsIgnored() {
        GithubKeys keys = GithubKeys.parse(PUBLISHED);
        assertTrue(keys.contains(CURRENT));
        assertFalse(keys.contains(RETIRED));
        assertTrue(
                GithubKeys.parse(PUBLISHED.replace(",\"is_current\":false", "")).contains(RETIRED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no JSON | the file is not JSON",
                "[] | the file contains no current key in an array public_keys",
                "'{\"public_keys\":[]}' | the file contains no current key in an array public_keys",
                "'{\"public_keys\":[{\"key_identifier\":\"a\",\"key\":\"b\"}]}'"
                        + " | the key \"a\" is not a public key on the curve P-256 in PEM format",
            })
    void anInvalidFilePreventsTheStart(String text, String reason) throws IOException {
        assertEquals(OPTION + " is invalid: " + reason + ".", refusal(text));
    }

    @ParameterizedTest
    @CsvSource({"RSA,2048", "EC,384"})
    void aKeyOfAnotherKindPreventsTheStart(String algorithm, int size) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        byte[] key = generator.generateKeyPair().getPublic().getEncoded();
        String text = "{\"public_keys\":[{\"key_identifier\":\"a\",\"key\":\"-----BEGIN PUBLIC KEY-----\\n"
                + Base64.getEncoder().encodeToString(key) + "\\n-----END PUBLIC KEY-----\"}]}";
        assertTrue(refusal(text).contains("\"a\" is not a public key on the curve P-256"));
    }

    private String refusal(String text) throws IOException {
        System.setProperty(
                PROPERTY, Files.writeString(directory.resolve("keys"), text).toString());
        return assertThrows(IllegalArgumentException.class, () -> new ApiTokensFactory()
                        .init(Config.scope("api-tokens", "default")))
                .getMessage();
    }
}
