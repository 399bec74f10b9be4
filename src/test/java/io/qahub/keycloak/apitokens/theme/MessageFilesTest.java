package io.qahub.keycloak.apitokens.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The account page's texts are complete in each language, and none is left over. */
class MessageFilesTest {
    private static final Path MESSAGES = Path.of("themes/theme/account/messages");
    private static final Pattern KEY = Pattern.compile("\"(apiTokens\\w*)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\w+}}");
    /** An address, the same in all languages. */
    private static final Set<String> ENGLISH_ONLY = Set.of("apiTokensServiceUrl");

    @Test
    void germanHasWhatEnglishHas() throws IOException {
        Set<String> english = new TreeSet<>(messages("en").stringPropertyNames());
        english.removeAll(ENGLISH_ONLY);
        assertEquals(english, new TreeSet<>(messages("de").stringPropertyNames()));
    }

    @Test
    void everyTextHasTheSamePlaceholdersInBothLanguages() throws IOException {
        Properties english = messages("en");
        Properties german = messages("de");
        for (String key : german.stringPropertyNames()) {
            assertEquals(placeholders(english.getProperty(key)), placeholders(german.getProperty(key)), key);
        }
    }

    @Test
    void everyKeyInTheCodeHasATextAndEveryTextAKey() throws IOException {
        Set<String> texts = messages("en").stringPropertyNames().stream()
                .filter(key -> !key.equals("developer"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> used = new TreeSet<>();
        for (String key : keysInTheCode()) {
            if (texts.contains(key)) {
                used.add(key);
            } else {
                used.addAll(List.of(key + "One", key + "Other"));
            }
        }
        assertEquals(texts, used);
    }

    private static Set<String> keysInTheCode() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("themes/src"))) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> KEY.matcher(read(file)).results())
                    .map(key -> key.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
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

    private static Properties messages(String language) throws IOException {
        try (Reader reader = Files.newBufferedReader(MESSAGES.resolve("messages_" + language + ".properties"))) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        }
    }
}
