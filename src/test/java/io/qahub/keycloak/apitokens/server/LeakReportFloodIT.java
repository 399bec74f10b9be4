package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Reports of tokens with wrong secrets, each of which costs a bcrypt operation. */
class LeakReportFloodIT {
    private static final int REPORTS = 8;
    private static final int WRONG_SECRETS = 40;
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static ExecutorService attackers;

    @BeforeAll
    static void startAttackers() {
        attackers = Executors.newFixedThreadPool(REPORTS);
    }

    @AfterAll
    static void stopAttackers() {
        attackers.shutdownNow();
    }

    @RepeatedTest(3)
    void aFloodOfReportsHardlyDelaysAReportFromAnotherAddress(RepetitionInfo repetition) {
        String bearer = QA_HUB.signIn("alice");
        String prefix = QA_HUB.newToken(bearer, "attacked").path("prefix").asText();
        String leaked = QA_HUB.newToken(bearer, "leaked").path("token").asText();
        String address = "10.0.1." + repetition.getCurrentRepetition();

        long mark = Keycloak.get().logMark();
        List<CompletableFuture<Answer>> flood = Stream.generate(() -> wrongSecrets(prefix))
                .limit(REPORTS)
                .map(form -> CompletableFuture.supplyAsync(() -> report(address, form), attackers))
                .toList();
        Awaitility.await("a report to be processed and the others to be refused")
                .until(() -> Work.since(mark).bcrypt() > 0
                        && flood.stream().filter(CompletableFuture::isDone).count() == REPORTS - 1);

        long sent = System.nanoTime();
        Answer answer = report("10.0.2." + repetition.getCurrentRepetition(), "token=" + leaked);
        Duration took = Duration.ofNanos(System.nanoTime() - sent);
        assertTrue(flood.stream().anyMatch(report -> !report.isDone()), "the flood is over");
        assertEquals(200, answer.status(), answer.text());
        System.out.printf("A leak report during a flood took %d ms%n", took.toMillis());
        assertTrue(took.compareTo(LIMIT) < 0, "took " + took);
        assertFalse(QA_HUB.isActive(leaked));
        assertEquals(
                List.of(200, 429, 429, 429, 429, 429, 429, 429),
                flood.stream()
                        .map(CompletableFuture::join)
                        .map(Answer::status)
                        .sorted()
                        .toList());
    }

    private static Answer report(String address, String form) {
        return QA_HUB.call("POST", "/api-tokens/revoke")
                .header("X-Forwarded-For", address)
                .form(form)
                .send();
    }

    private static String wrongSecrets(String prefix) {
        return Stream.generate(() -> "token=" + MadeUpTokens.withPrefix(prefix))
                .limit(WRONG_SECRETS)
                .collect(Collectors.joining("&"));
    }
}
