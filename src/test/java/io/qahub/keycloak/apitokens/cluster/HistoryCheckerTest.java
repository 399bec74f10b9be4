package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.cluster.HistoryChecker.Change;
import io.qahub.keycloak.apitokens.cluster.HistoryChecker.Kind;
import io.qahub.keycloak.apitokens.cluster.HistoryChecker.Mistake;
import io.qahub.keycloak.apitokens.cluster.HistoryChecker.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Node {@code near} hears of each change at once; node {@code far} needs 50. */
class HistoryCheckerTest {
    private static final String NOT_REVOKED = "not revoked";
    private static final String ENABLED = "owner enabled";
    private static final long MAX_AGE = 50;

    private final HistoryChecker checker = new HistoryChecker((change, node) -> node.equals("near"), MAX_AGE);

    @Nested
    class WithoutChanges {
        @Test
        void aTokenMustBeActive() {
            assertRight(active("near", 1, 2));
            assertMistake(Kind.WRONG_INACTIVE, inactive("near", 1, 2));
        }
    }

    @Nested
    class AfterAnAcknowledgedRevocation {
        @Test
        void aConnectedNodeMustNotAnswerActive() {
            revoke(10, 20);
            assertMistake(Kind.LATE_ACTIVE, active("near", 20, 25));
            assertRight(inactive("near", 20, 25));
        }

        @Test
        void anActiveAnswerIsLostWorkOnceEveryNodeMustKnow() {
            revoke(10, 20);
            assertMistake(Kind.UNDONE, active("near", 20 + MAX_AGE, 80));
            assertMistake(Kind.UNDONE, active("far", 20 + MAX_AGE, 80));
        }

        @Test
        void aNodeThatIsNotConnectedMayAnswerEitherUntilItMustKnow() {
            revoke(10, 20);
            assertUncertain("far", 19 + MAX_AGE, 80);
        }

        @Test
        void anIntrospectionThatWasSentBeforeMayHaveEitherResult() {
            revoke(10, 20);
            assertUncertain("near", 19, 30);
        }

        @Test
        void anInactiveAnswerBeforeTheRevocationWasSentIsWrong() {
            revoke(10, 20);
            assertMistake(Kind.WRONG_INACTIVE, inactive("near", 5, 9));
            assertUncertain("near", 5, 10);
        }

        @Test
        void anotherRevocationWithoutAnAnswerChangesNothing() {
            revoke(10, 20);
            revoke(30, HistoryChecker.NEVER);
            assertMistake(Kind.LATE_ACTIVE, active("near", 31, 40));
        }
    }

    @Nested
    class AfterARevocationWithoutAnAnswer {
        @Test
        void eitherResultIsPossibleForever() {
            revoke(10, HistoryChecker.NEVER);
            assertUncertain("near", 1_000_000, 1_000_001);
        }

        @Test
        void onlyInactiveIsPossibleOnceItIsRepeatedAndAcknowledged() {
            revoke(10, HistoryChecker.NEVER);
            revoke(30, 40);
            assertMistake(Kind.LATE_ACTIVE, active("near", 40, 41));
        }
    }

    @Nested
    class WhenAnOwnerIsDisabledAndEnabled {
        @Test
        void theLastAcknowledgedChangeCounts() {
            enable(false, 10, 20);
            enable(true, 30, 40);
            assertMistake(Kind.LATE_ACTIVE, active("near", 20, 29));
            assertUncertain("near", 25, 35);
            assertMistake(Kind.LATE_INACTIVE, inactive("near", 40, 45));
            assertMistake(Kind.WRONG_INACTIVE, inactive("near", 90, 95));
            assertUncertain("far", 89, 95);
        }

        @Test
        void changesThatOverlapMayHaveHappenedInEitherOrder() {
            enable(false, 10, 20);
            enable(true, 15, 25);
            assertUncertain("near", 1000, 1001);
        }

        @Test
        void aDisablingWithoutAnAnswerMayTakeEffectAfterALaterEnabling() {
            enable(false, 10, HistoryChecker.NEVER);
            enable(true, 30, 40);
            assertUncertain("near", 1000, 1001);
        }

        @Test
        void anInitialStateLastsUntilTheFirstChangeIsHeardOf() {
            enable(false, 0, 0);
            enable(true, 100, 110);
            assertRight(inactive("far", 60, 70));
            assertUncertain("far", 110, 120);
        }

        @Test
        void aRevokedTokenStaysInactive() {
            revoke(1, 2);
            enable(false, 10, 20);
            enable(true, 30, 40);
            assertMistake(Kind.UNDONE, active("near", 100, 101));
        }
    }

    private void revoke(long sent, long answered) {
        checker.add(new Change(NOT_REVOKED, false, "near", sent, answered));
    }

    private void enable(boolean enabled, long sent, long answered) {
        checker.add(new Change(ENABLED, enabled, "near", sent, answered));
    }

    private static Verdict active(String node, long asked, long answered) {
        return new Verdict(List.of(NOT_REVOKED, ENABLED), node, asked, answered, true);
    }

    private static Verdict inactive(String node, long asked, long answered) {
        return new Verdict(List.of(NOT_REVOKED, ENABLED), node, asked, answered, false);
    }

    private void assertUncertain(String node, long asked, long answered) {
        assertRight(active(node, asked, answered));
        assertRight(inactive(node, asked, answered));
    }

    private void assertRight(Verdict verdict) {
        assertEquals(Optional.empty(), checker.mistake(verdict));
    }

    private void assertMistake(Kind kind, Verdict verdict) {
        assertEquals(Optional.of(kind), checker.mistake(verdict).map(Mistake::kind));
    }
}
