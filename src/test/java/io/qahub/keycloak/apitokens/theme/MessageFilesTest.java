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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of the pages are complete in each language, and all are used. */
class MessageFilesTest {
    private static final Path SOURCES = Path.of("themes/src");
    private static final Path MESSAGES = Path.of("themes/messages");
    private static final Pattern KEY = Pattern.compile("\"(apiTokens\\w*)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\w+}}");
    /** A URL, which is the same in all languages. */
    private static final Set<String> ENGLISH_ONLY = Set.of("apiTokensServiceUrl");
    /** Used by the menu, not by our code. */
    private static final Set<String> OF_THE_CONSOLE = Set.of("developer", "apiTokens");

    @ParameterizedTest
    @ValueSource(strings = {"shared", "account", "admin"})
    void theGermanFilesHaveTheSameKeysAsTheEnglishOnes(String folder) throws IOException {
        Set<String> english = new TreeSet<>(messages(folder, "en").stringPropertyNames());
        english.removeAll(ENGLISH_ONLY);
        assertEquals(english, new TreeSet<>(messages(folder, "de").stringPropertyNames()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "account", "admin"})
    void everyMessageHasTheSamePlaceholdersInBothLanguages(String folder) throws IOException {
        Properties english = messages(folder, "en");
        Properties german = messages(folder, "de");
        for (String key : german.stringPropertyNames()) {
            assertEquals(placeholders(english.getProperty(key)), placeholders(german.getProperty(key)), key);
        }
    }

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
            texts.addAll(messages(folder, "en").stringPropertyNames());
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

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Properties messages(String folder, String language) throws IOException {
        Path file = MESSAGES.resolve(folder).resolve("messages_" + language + ".properties");
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        }
    }
}
