package io.qahub.keycloak.apitokens.theme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The page stays light. */
class BundleSizeTest {
    private static final Path PAGE = Path.of("target/classes/theme/api-tokens/account/resources/api-tokens");
    private static final int LIMIT = 100_000;

    @Test
    void scriptAndStylesTogetherStayWithinTheLimit() throws IOException {
        int size = gzipped("account.js") + gzipped("account.css");
        assertTrue(size <= LIMIT, size + " bytes, gzipped");
    }

    private static int gzipped(String file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            Files.copy(PAGE.resolve(file), gzip);
        }
        return bytes.size();
    }
}
