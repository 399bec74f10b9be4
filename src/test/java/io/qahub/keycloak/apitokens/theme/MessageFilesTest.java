package io.qahub.keycloak.apitokens.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of the pages are those that the code uses; themes/test/messages compares the languages. */
class MessageFilesTest {
    private static final Path SOURCES = Path.of("themes/src");
    private static final Path MESSAGES = Path.of("themes/messages");
    private static final Pattern KEY = Pattern.compile("\"(apiTokens\\w*)\"");
    /** Used by the menu, not by our code. */
    private static final Set<String> OF_THE_CONSOLE = Set.of("developer", "apiTokens");

    @ParameterizedTest
    @ValueSource(strings = {"account", "admin"})
    void everyKeyInTheCodeHasAMessage(String page) throws IOException {
        Set<String> texts = texts("shared", page);
        Set<String> missing = new TreeSet<>(keysIn("shared", page));
        missing.removeIf(key -> texts.contains(key) || (texts.contains(key + "One") && texts.contains(key + "Other")));
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyMessageIsUsedInTheCode() throws IOException {
        Set<String> left = texts("shared", "account", "admin");
        left.removeAll(OF_THE_CONSOLE);
        for (String key : keysIn("shared", "account", "admin")) {
            left.removeAll(Set.of(key, key + "One", key + "Other"));
        }
        assertEquals(Set.of(), left);
    }

    private static Set<String> texts(String... folders) throws IOException {
        Set<String> texts = new TreeSet<>();
        for (String folder : folders) {
            texts.addAll(messages(folder).stringPropertyNames());
        }
        return texts;
    }

    private static Set<String> keysIn(String... folders) throws IOException {
        Set<String> keys = new TreeSet<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
                files.flatMap(file -> KEY.matcher(read(file)).results())
                        .map(key -> key.group(1))
                        .forEach(keys::add);
            }
        }
        return keys;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties messages(String folder) throws IOException {
        Path file = MESSAGES.resolve(folder).resolve("messages_en.properties");
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        }
    }
}
