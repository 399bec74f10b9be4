package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.cluster.HistoryChecker.Change;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** Observations of which nodes were connected with each other, in the order of time. */
final class Connections {
    private final ConcurrentSkipListMap<Long, Set<String>> observed = new ConcurrentSkipListMap<>();

    /** Records that exactly these nodes form a cluster and respond. */
    void observe(long time, Set<String> connected) {
        observed.put(time, Set.copyOf(connected));
    }

    /**
     * Whether the change reaches a node before it is acknowledged: it was made there, or both nodes were connected from the
     * observation before the request until the one after the response.
     */
    boolean reachesAtOnce(Change change, String node) {
        if (change.node().equals(node)) {
            return true;
        }
        Map.Entry<Long, Set<String>> before = observed.floorEntry(change.sent());
        Map.Entry<Long, Set<String>> after = observed.ceilingEntry(change.answered());
        return before != null
                && after != null
                && observed.subMap(before.getKey(), true, after.getKey(), true).values().stream()
                        .allMatch(connected -> connected.containsAll(List.of(change.node(), node)));
    }
}
