package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.Verification.Reason;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.types.MetricType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The provider's metrics at Keycloak's {@code /metrics}, parsed as Prometheus does. */
@Tag("container")
class MetricsIT {
    private static final Pattern NAME = Pattern.compile("api_tokens(_[a-z]+)+");
    private static final Pattern QUERIED = Pattern.compile("\\b(?:api_tokens|cache)_[a-z_]+");
    private static final Map<String, String> NONE = Map.of();

    /** All possible values of our labels. */
    private static final Map<String, Set<String>> LABELS = Map.of(
            "result", Set.of("active", "inactive", "unavailable"),
            "reason", names(Stream.of("none", "busy", "failed"), Reason.values()),
            "by", names(Stream.of(), RevokedBy.values()),
            "operation", Set.of("verify", "hash"),
            "outcome", Set.of("stored", "failed", "sent", "dropped"),
            "kind", Set.of("created", "revoked", "leaked", "expires", "replaced_secret"));

    /** Together, these need more than the two seconds that a request may wait. */
    private static final int FLOOD = 80;

    private static final String SATURATED = "operations on API tokens are waiting for bcrypt";

    private final String alice = QA_HUB.signIn("alice");

    @Test
    void namesAndLabelsFollowPrometheusConventions() {
        QA_HUB.isActive(QA_HUB.newToken(alice, "labelled").path("token").asText());
        List<MetricFamily> ours = Scrape.now().ours();
        assertTrue(ours.size() >= 9, ours.toString());
        for (MetricFamily family : ours) {
            String name = family.getName();
            assertTrue(NAME.matcher(name).matches(), name);
            assertEquals(family.getType() == MetricType.COUNTER, name.endsWith("_total"), name);
            assertEquals(
                    family.getType() == MetricType.SUMMARY,
                    name.endsWith("_seconds"),
                    "a metric that is not a time is a summary: " + name);
            assertFalse(family.getHelp().isBlank(), name);
            family.getMetrics().forEach(MetricsIT::assertBounded);
        }
    }

    private static void assertBounded(Metric metric) {
        metric.getLabels()
                .forEach((label, value) -> assertTrue(
                        LABELS.getOrDefault(label, Set.of()).contains(value), metric.getName() + metric.getLabels()));
    }

    @Test
    void everyLabelValueHasASeriesFromTheStart() {
        Scrape scrape = Scrape.now();
        for (Reason reason : Reason.values()) {
            scrape.value("api_tokens_verifications_total", Map.of("reason", value(reason)));
        }
        for (RevokedBy by : RevokedBy.values()) {
            scrape.value("api_tokens_revoked_total", Map.of("by", value(by)));
        }
    }

    @Test
    void creationRotationVerificationAndRevocationAreCounted() {
        Scrape before = Scrape.now();
        JsonNode token = QA_HUB.newToken(alice, "counted");
        String string = token.path("token").asText();
        Database.get().rehash(string);
        QA_HUB.isActive(string);
        QA_HUB.isActive(string);
        QA_HUB.isActive("qh_nonsense");
        QA_HUB.call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(alice)
                .send();
        QA_HUB.isActive(string);
        QA_HUB.revoke(alice, token.path("id").asText());
        QA_HUB.revoke(alice, token.path("id").asText());
        QA_HUB.isActive(string);
        Scrape after = Scrape.now();

        assertGrowth(1, "api_tokens_created_total", NONE, before, after);
        assertGrowth(1, "api_tokens_rotated_total", NONE, before, after);
        assertGrowth(1, "api_tokens_revoked_total", Map.of("by", "owner"), before, after);
        assertGrowth(2, "api_tokens_verifications_total", Map.of("result", "active"), before, after);
        for (String reason : List.of("malformed", "replaced_secret", "revoked")) {
            assertGrowth(1, "api_tokens_verifications_total", Map.of("reason", reason), before, after);
        }
        // The first verification; the old secret has then been verified, so it is not compared with the new hash.
        assertGrowth(2, "api_tokens_bcrypt_seconds", Map.of("operation", "hash"), before, after);
        assertGrowth(1, "api_tokens_bcrypt_seconds", Map.of("operation", "verify"), before, after);
    }

    @Test
    void verificationsOfExchangedAndReportedTokensAreCounted() {
        String token = QA_HUB.newToken(alice, "exchanged").path("token").asText();
        String jwt = AccessTokens.accessToken(new AccessTokens(QA_HUB).exchange(token));
        Scrape before = Scrape.now();
        assertTrue(QA_HUB.isActive(jwt));
        Scrape introspected = Scrape.now();
        QA_HUB.call("POST", "/api-tokens/revoke").form(Map.of("token", token)).send();
        Scrape reported = Scrape.now();
        assertFalse(QA_HUB.isActive(jwt));
        Scrape after = Scrape.now();

        Map<String, String> active = Map.of("result", "active");
        assertGrowth(1, "api_tokens_verifications_total", active, before, introspected);
        assertGrowth(1, "api_tokens_verifications_total", active, introspected, reported);
        assertGrowth(1, "api_tokens_verifications_total", Map.of("reason", "revoked"), reported, after);
    }

    @Test
    void rolledBackChangesAreNotCounted() {
        Scrape before = Scrape.now();
        assertEquals(
                400,
                QA_HUB.create(alice, "{\"name\":\"\",\"scopes\":[\"read\"]}").status());
        assertGrowth(0, "api_tokens_created_total", NONE, before, Scrape.now());
    }

    @Test
    void aFloodOfWrongSecretsIsLoggedOnceAndDoesNotAffectVerifiedTokens() throws Exception {
        JsonNode token = QA_HUB.newToken(alice, "flooded");
        String good = token.path("token").asText();
        assertTrue(QA_HUB.isActive(good));
        Scrape before = Scrape.now();
        long mark = Keycloak.get().logMark();
        ExecutorService flood = Executors.newFixedThreadPool(FLOOD);
        try {
            String prefix = token.path("prefix").asText();
            List<Future<Answer>> answers = IntStream.range(0, FLOOD)
                    .mapToObj(i -> flood.submit(() -> verify(i, MadeUpTokens.withPrefix(prefix))))
                    .toList();
            while (Scrape.now().value("api_tokens_bcrypt_waiting", NONE) < 2) {
                assertFalse(answers.stream().allMatch(Future::isDone), "no request had to wait");
            }
            assertEquals(200, QA_HUB.introspect(Realm.OWN_ENDPOINT, good).status());
            assertFalse(answers.stream().allMatch(Future::isDone), "the verified token had to wait");
            int busy = 0;
            for (Future<Answer> answer : answers) {
                busy += isBusy(answer.get()) ? 1 : 0;
            }
            assertTrue(busy > 0, "no request was rejected");
            Scrape after = Scrape.now();
            Map<String, String> wrong = Map.of("reason", "wrong_secret");
            assertGrowth(FLOOD - busy, "api_tokens_verifications_total", wrong, before, after);
            assertGrowth(busy, "api_tokens_verifications_total", Map.of("reason", "busy"), before, after);
        } finally {
            flood.shutdownNow();
        }
        assertTrue(Keycloak.get().log().contains(SATURATED));
        assertTrue(
                Keycloak.get().logSince(mark).split(SATURATED, -1).length <= 2,
                "the warning was logged more than once per minute");
    }

    /** Sends a wrong token to one of the endpoints. */
    private static Answer verify(int number, String wrong) {
        return switch (number % 3) {
            case 0 -> QA_HUB.introspect(Realm.OWN_ENDPOINT, wrong);
            case 1 -> QA_HUB.introspect(Realm.STANDARD_ENDPOINT, wrong);
            default -> Gateway.asks(QA_HUB, "GET", "", wrong).send();
        };
    }

    /** Returns whether too many others were waiting; if not, the token was refused. */
    private static boolean isBusy(Answer answer) {
        if (answer.status() == 503) {
            BadRequestIT.refused(answer, 503, "temporarily_unavailable");
            assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0);
            return true;
        }
        assertTrue(answer.status() == 401 || answer.text().equals("{\"active\":false}"), answer.text());
        return false;
    }

    @Test
    void sizesAndHitsOfTheCachesAreExposed() {
        QA_HUB.isActive(QA_HUB.newToken(alice, "remembered").path("token").asText());
        Scrape scrape = Scrape.now();
        for (String map : List.of("qh-api-token-cache", "qh-api-token-verified-secrets")) {
            assertTrue(scrape.value("cache_size", Map.of("cache", map)) >= 1);
            scrape.value("cache_gets_total", Map.of("cache", map, "result", "hit"));
            scrape.value("cache_gets_total", Map.of("cache", map, "result", "miss"));
        }
    }

    @Test
    void theDashboardQueriesOnlyExistingMetrics() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(new File("docs/grafana-dashboard.json"));
        List<String> queries = dashboard.path("panels").findValuesAsText("expr");
        assertTrue(queries.size() >= 8, queries.toString());
        Set<String> asked = queries.stream()
                .flatMap(query -> QUERIED.matcher(query).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = Scrape.now().names();
        asked.removeAll(there);
        assertEquals(Set.of(), asked);
        for (String query : queries) {
            assertTrue(QUERIED.matcher(query).find(), query);
        }
    }

    @Test
    void everyMeterIsDocumented() throws IOException {
        String documented = Files.readString(Path.of("docs/operations.md"));
        for (MetricFamily family : Scrape.now().ours()) {
            assertTrue(documented.contains("`" + family.getName()), family.getName());
        }
    }

    private static void assertGrowth(
            double growth, String name, Map<String, String> labels, Scrape before, Scrape after) {
        assertEquals(growth, after.value(name, labels) - before.value(name, labels), name + labels);
    }

    private static Set<String> names(Stream<String> more, Enum<?>[] values) {
        return Stream.concat(more, Arrays.stream(values).map(MetricsIT::value)).collect(Collectors.toSet());
    }

    private static String value(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
