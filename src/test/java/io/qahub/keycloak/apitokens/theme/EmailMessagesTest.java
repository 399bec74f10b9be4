package io.qahub.keycloak.apitokens.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts of emails are complete in each language, and Java formats them for any number of tokens. */
class EmailMessagesTest {
    private static final Path MESSAGES = Path.of("src/main/resources/theme-resources/messages");
    private static final Pattern FILE = Pattern.compile("messages_(\\w+)\\.properties");
    private static final String LANGUAGE = "apiTokenNotice.language";
    private static final List<Integer> NUMBERS = List.of(1, 2, 5, 22, 600);
    /** Values that appear in no text. */
    private static final Pattern VALUES = Pattern.compile("<name>|<realm>|\\b77\\b|\\b600\\b");

    static List<String> languages() throws IOException {
        try (Stream<Path> files = Files.list(MESSAGES)) {
            return files.map(file -> file.getFileName().toString())
                    .flatMap(name -> FILE.matcher(name).results().map(file -> file.group(1)))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreTenLanguages() throws IOException {
        assertEquals(List.of("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt_BR", "zh_CN"), languages());
    }

    @ParameterizedTest
    @MethodSource("languages")
    void eachFileHasTheKeysOfTheEnglishOneAndNamesItsLanguage(String language) throws IOException {
        Properties messages = messages(language);
        assertEquals(
                new TreeSet<>(messages("en").stringPropertyNames()), new TreeSet<>(messages.stringPropertyNames()));
        assertEquals(language.replace('_', '-'), messages.getProperty(LANGUAGE));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void eachTextShowsTheSameValuesAsTheEnglishOne(String language) throws IOException {
        Properties messages = messages(language);
        Properties english = messages("en");
        for (String key : messages.stringPropertyNames()) {
            String text = messages.getProperty(key);
            // A straight apostrophe starts a quotation in the patterns of MessageFormat.
            assertFalse(text.isBlank() || text.contains("'"), key);
            assertEquals(values(english.getProperty(key), key, "en"), values(text, key, language), key);
        }
    }

    /** Returns which values a text shows, by the number of tokens. One day or token may be a word. */
    private static List<Set<String>> values(String pattern, String key, String language) {
        String second = key.startsWith("apiTokenNotice.subject.") ? "<name>" : "<realm>";
        MessageFormat format = new MessageFormat(pattern, Locale.forLanguageTag(language.replace('_', '-')));
        List<Set<String>> values = new ArrayList<>();
        for (int number : NUMBERS) {
            String text = format.format(new Object[] {number, second, 77});
            assertFalse(text.contains("{") || text.contains("}"), text);
            values.add(VALUES.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet()));
        }
        return values;
    }

    private static Properties messages(String language) throws IOException {
        try (Reader reader = Files.newBufferedReader(MESSAGES.resolve("messages_" + language + ".properties"))) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        }
    }
}
