package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.cluster.HistoryChecker.Change;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private final Connections connections = new Connections();

    @BeforeEach
    void node3LeavesForAWhile() {
        connections.observe(0, Set.of("1", "2", "3"));
        connections.observe(10, Set.of("1", "2", "3"));
        connections.observe(20, Set.of("1", "2"));
        connections.observe(30, Set.of("1", "2", "3"));
        connections.observe(40, Set.of("1", "2", "3"));
    }

    @Test
    void aChangeReachesANodeThatIsConnectedFromBeforeItUntilAfterIt() {
        assertTrue(connections.reachesAtOnce(change(1, 9), "3"));
        assertTrue(connections.reachesAtOnce(change(31, 40), "3"));
        assertTrue(connections.reachesAtOnce(change(1, 39), "2"));
    }

    @Test
    void aChangeDoesNotReachANodeThatWasAwayAtAnyTimeOfIt() {
        assertFalse(connections.reachesAtOnce(change(9, 11), "3"));
        assertFalse(connections.reachesAtOnce(change(1, 39), "3"));
        assertFalse(connections.reachesAtOnce(change(29, 31), "3"));
    }

    @Test
    void nothingIsSaidOfATimeWithoutObservations() {
        assertFalse(connections.reachesAtOnce(change(-1, 9), "3"));
        assertFalse(connections.reachesAtOnce(change(39, 41), "3"));
        assertFalse(connections.reachesAtOnce(change(1, HistoryChecker.NEVER), "3"));
    }

    @Test
    void aNodeKnowsItsOwnChanges() {
        assertTrue(connections.reachesAtOnce(change(9, 11), "1"));
    }

    private static Change change(long sent, long answered) {
        return new Change("enabled", false, "1", sent, answered);
    }
}
