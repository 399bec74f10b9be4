package io.qahub.keycloak.apitokens.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules for gitleaks and TruffleHog in {@code examples/secret-scanning} find all tokens. As in these programs, the
 * regular expressions are those of Go's package regexp, of which RE2/J is a port.
 */
class SecretScanningRulesTest {
    private static final Path RULES = Path.of("examples/secret-scanning");
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String LOWER = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String BASE64 = LETTERS + "+/";

    /** Always the same strings, so that a checksum that matches by chance would not come and go. */
    private final Random random = new Random(25);

    private final TokenGenerator generator = new TokenGenerator();

    /** A rule: only a match with at least this entropy (bits per character) is a hit. */
    private record Rule(String file, String keyword, Pattern regex, double entropy) {
        List<String> hits(String text) {
            List<String> hits = new ArrayList<>();
            if (text.contains(keyword)) {
                Matcher matcher = regex.matcher(text);
                while (matcher.find()) {
                    hits.add(matcher.group());
                }
            }
            return hits.stream().filter(hit -> entropyOf(hit) >= entropy).toList();
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Rule> rules() throws IOException {
        return Stream.of(gitleaks(), truffleHog());
    }

    private static Rule gitleaks() throws IOException {
        String toml = Files.readString(RULES.resolve("gitleaks.toml"));
        return new Rule(
                "gitleaks.toml",
                toml.replaceAll("(?s).*\nkeywords = \\[\"(.*?)\"].*", "$1"),
                Pattern.compile(toml.replaceAll("(?s).*\nregex = '''(.*?)'''.*", "$1")),
                Double.parseDouble(toml.replaceAll("(?s).*\nentropy = (\\S+).*", "$1")));
    }

    private static Rule truffleHog() throws IOException {
        JsonNode detector = new ObjectMapper(new YAMLFactory())
                .readTree(RULES.resolve("trufflehog.yaml").toFile())
                .at("/detectors/0");
        return new Rule(
                "trufflehog.yaml",
                detector.at("/keywords/0").asText(),
                Pattern.compile(detector.at("/regex/token").asText()),
                detector.path("entropy").asDouble());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyTokenIsFoundInEveryContext(Rule rule) {
        for (int i = 0; i < 100; i++) {
            String token = generator.next().reveal();
            for (String context : contexts()) {
                assertEquals(List.of(token), rule.hits(context.formatted(token)), context);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void noOtherStringPassesTheChecksum(Rule rule) {
        List<String> others =
                IntStream.range(0, 10_000).mapToObj(this::randomString).toList();
        List<String> hits =
                others.stream().flatMap(other -> rule.hits(other).stream()).toList();
        assertTrue(hits.size() > 1_000, "those with a wrong checksum only: " + hits.size());
        assertEquals(
                List.of(),
                hits.stream().filter(hit -> TokenString.parse(hit).isPresent()).toList());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void stringsOfAnotherFormatAreNotFound(Rule rule) {
        String token = generator.next().reveal();
        for (String other : List.of(
                token.substring(0, 45),
                token + "A",
                token.replace("qh_", "gh_"),
                token.replace('_', '-'),
                "qh_ABCDEF" + token.substring(9),
                "qh_" + token.substring(4),
                "qh_" + token.substring(3, 8) + "\n" + token.substring(8),
                "qh_abc123_" + "x".repeat(36),
                "qh_abc123_" + "0123".repeat(9))) {
            assertEquals(List.of(), rule.hits(other), other);
        }
    }

    @Test
    void theRulesAndTheDocumentationAgree() throws IOException {
        String regex = gitleaks().regex.pattern();
        assertEquals(regex, truffleHog().regex.pattern());
        String page = Files.readString(Path.of("docs/integrations/secret-scanning.md"));
        assertTrue(page.contains('`' + regex + '`'), regex);
    }

    /** Where tokens are found; {@code %s} stands for the token. */
    private List<String> contexts() {
        return List.of(
                "%s",
                "QA_HUB_TOKEN=%s",
                "export QA_HUB_TOKEN='%s'\n",
                "QA_HUB_TOKEN_%s",
                "{\"token\":\"%s\",\"n\":1}",
                "{\"text\":\"first line\\n%s\\nlast line\"}",
                "Authorization: Bearer %s\r\nAccept: */*",
                "https://api.example/v1/cases?access_token=%s&page=2",
                "https://api.example/redirect?to=%%2Fcases%%3Ftoken%%3D%s%%26page%%3D2",
                "https://user:%s@api.example/",
                "<token>%s</token>",
                "| laptop | %s |",
                "first line\n  token: %s # used by CI\nlast line",
                "qh_ qh_abc123 qh_abc123_ %s qh_",
                "\u001b[31m%s\u001b[0m",
                random(BASE64, 400) + "\n%s\n" + random(BASE64, 400));
    }

    private String randomString(int i) {
        String prefix = random(LOWER, 6);
        return switch (i % 8) {
            case 0 -> "qh_" + prefix + "_" + random(LETTERS, 36); // wrong checksum
            case 1 -> "QA_HUB_TOKEN=\"qh_" + prefix + "_" + random(LETTERS, 36) + "\"";
            case 2 -> "qh_" + prefix + "_" + random(LETTERS, random.nextInt(72)); // most have a wrong length
            case 3 -> "https://api.example/?q=qh_" + random(LOWER, random.nextInt(12)) + "_" + random(LETTERS, 36);
            case 4 -> "{\"data\":\"" + random(BASE64, 200) + "qh_" + random(BASE64, 200) + "==\"}";
            case 5 -> Base64.getEncoder().encodeToString(random(LETTERS, 60).getBytes(StandardCharsets.UTF_8));
            case 6 -> changed(generator.next().reveal());
            default -> "qh_" + prefix + "_" + random(LETTERS, 18) + "\n" + random(LETTERS, 18);
        };
    }

    /** Changes a character after the first three. */
    private String changed(String token) {
        int at = 10 + random.nextInt(36);
        char other = token.charAt(at) == 'a' ? 'b' : 'a';
        return token.substring(0, at) + other + token.substring(at + 1);
    }

    private String random(String alphabet, int length) {
        return random.ints(length, 0, alphabet.length())
                .mapToObj(i -> alphabet.substring(i, i + 1))
                .reduce("", String::concat);
    }

    /** Shannon's entropy, in bits per character. */
    private static double entropyOf(String text) {
        return text.chars()
                .mapToDouble(c -> {
                    double frequency = (double) text.chars().filter(d -> d == c).count() / text.length();
                    return -Math.log(frequency) / Math.log(2) / text.length();
                })
                .sum();
    }
}
