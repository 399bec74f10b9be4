package io.qahub.keycloak.apitokens.theme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Limits the size of the bundles. */
class BundleSizeTest {
    private static final Path THEME = Path.of("target/classes/theme/api-tokens");
    private static final int LIMIT = 106_000;
    /** The limit of the script that the admin console always loads, even if the page is not opened. */
    private static final int LIMIT_FOR_ALL = 5_000;

    @Test
    void theAccountPageStaysWithinTheLimit() throws IOException {
        assertAtMost(LIMIT, gzipped("account", "account.js") + gzipped("account", "account.css"));
    }

    @Test
    void theAdminPageStaysWithinTheLimit() throws IOException {
        assertAtMost(LIMIT, gzipped("admin", "admin.js"));
    }

    @Test
    void theAdminConsolesMenuEntryStaysWithinTheLimit() throws IOException {
        assertAtMost(LIMIT_FOR_ALL, gzipped("admin", "console.js"));
    }

    private static void assertAtMost(int limit, int size) {
        assertTrue(size <= limit, size + " bytes, gzipped");
    }

    private static int gzipped(String type, String file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            Files.copy(THEME.resolve(type).resolve("resources/api-tokens").resolve(file), gzip);
        }
        return bytes.size();
    }
}
