package io.qahub.keycloak.apitokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.qahub.keycloak.apitokens.keycloak.DigestKeySetting;
import io.qahub.keycloak.apitokens.token.DigestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keycloak.Config;

/** The settings for the keys of stored digests: where they are read, and what prevents the server from starting. */
class DigestKeySettingTest {
    private static final String SCOPE = "keycloak.api-tokens.default.";
    private static final String OPTION = "--spi-api-tokens--default--digest-keys";
    private static final String KEY = "b2xkIGtleSBvbGQga2V5IG9sZCBrZXkgb2xkIGtleSBvbGQga2V5";
    private static final String OTHER_KEY = "bmV3IGtleSBuZXcga2V5IG5ldyBrZXkgbmV3IGtleSBuZXcga2V5";
    private static final String READABLE = "check the path and that the account that runs Keycloak may read the file.";
    private static final String ADVICE = "; generate one with \"openssl rand -base64 32\".";

    @TempDir
    Path directory;

    @AfterEach
    void unset() {
        System.getProperties().keySet().removeIf(key -> ((String) key).startsWith(SCOPE));
    }

    @Test
    void keysAreOptional() {
        assertEquals(List.of(), ids());
        set("digestKeys", " ");
        assertEquals(List.of(), ids());
    }

    @Test
    void keysAreReadFromAnOptionOrAFile() throws IOException {
        List<String> both = DigestKey.parse(KEY + "," + OTHER_KEY).stream()
                .map(DigestKey::id)
                .toList();
        set("digestKeys", KEY + "," + OTHER_KEY);
        assertEquals(both, ids());
        unset();
        set("digestKeysFile", file(KEY + "\n" + OTHER_KEY + "\n"));
        assertEquals(both, ids());
    }

    @Test
    void aFileThatCannotBeReadPreventsTheStart() {
        set("digestKeysFile", directory.resolve("missing").toString());
        assertEquals(
                OPTION + "-file is invalid: the file cannot be read (NoSuchFileException); " + READABLE, refusal());
        set("digestKeysFile", directory.toString());
        assertEquals(OPTION + "-file is invalid: the file cannot be read (IOException); " + READABLE, refusal());
    }

    @Test
    void invalidKeysPreventTheStartWithAMessageThatDoesNotContainThem() throws IOException {
        set("digestKeys", "c2hvcnQ=");
        assertEquals(OPTION + " is invalid: key 1 has 40 bits, but at least 256 are required" + ADVICE, refusal());
        unset();
        set("digestKeysFile", file(KEY + "\nnot Base64!"));
        assertEquals(OPTION + "-file is invalid: key 2 has 16 bits, but at least 256 are required" + ADVICE, refusal());
        set("digestKeysFile", file("\n"));
        assertEquals(OPTION + "-file is invalid: there is no key" + ADVICE, refusal());
        set("digestKeysFile", KEY);
        assertEquals(
                OPTION + "-file is invalid: the file cannot be read (NoSuchFileException); " + READABLE, refusal());
    }

    @Test
    void onlyOneOfTheSettingsMayBeSet() throws IOException {
        set("digestKeys", KEY);
        set("digestKeysVaultEntry", "keys");
        assertEquals("Only one of %1$s, %1$s-vault-entry may be set.".formatted(OPTION), refusal());
    }

    @Test
    void anInvalidNameOfAVaultEntryPreventsTheStart() {
        set("digestKeysVaultEntry", "${vault.keys}");
        assertEquals(
                OPTION + "-vault-entry is invalid: the name of an entry must not contain spaces, slashes or braces.",
                refusal());
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("keys"), text).toString();
    }

    private static void set(String key, String value) {
        System.setProperty(SCOPE + key, value);
    }

    private static List<String> ids() {
        return DigestKeySetting.read(DigestKey::parse).orElse(List.of()).stream()
                .map(DigestKey::id)
                .toList();
    }

    private static String refusal() {
        return assertThrows(IllegalArgumentException.class, () -> new ApiTokensFactory()
                        .init(Config.scope("api-tokens", "default")))
                .getMessage();
    }
}
