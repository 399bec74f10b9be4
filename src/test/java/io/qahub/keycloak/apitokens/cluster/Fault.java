package io.qahub.keycloak.apitokens.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A fault.
 *
 * @param node the number of the node; of no meaning for the database
 * @param pause the time between the end of the fault before and this one
 * @param duration how long the node or the database is stopped
 */
record Fault(Kind kind, int node, Duration pause, Duration duration) {
    private static final int LONGEST_STOP_MILLIS = 11_000;

    /** What happens. */
    enum Kind {
        /** The process of a node is stopped and continued. */
        STOP,
        /** A node is killed and started again without a connection to the others. */
        CUT_OFF,
        /** The node that was cut off is killed and started again as a member of the cluster. */
        KILL,
        /** The database is stopped and started again. */
        DATABASE
    }

    /** Draws faults that contain each kind, and that leave all nodes connected. */
    static List<Fault> round(Random random, int nodes) {
        int cutOff = random.nextInt(nodes);
        List<Fault> between = shuffled(
                random, stop(random, (cutOff + 1) % nodes), stop(random, (cutOff + 2) % nodes), database(random));
        List<Fault> after = shuffled(random, stop(random, random.nextInt(nodes)), database(random));
        return Stream.of(
                        List.of(kill(random, Kind.CUT_OFF, cutOff)),
                        between,
                        List.of(kill(random, Kind.KILL, cutOff)),
                        after)
                .flatMap(List::stream)
                .toList();
    }

    private static List<Fault> shuffled(Random random, Fault... faults) {
        List<Fault> list = new ArrayList<>(List.of(faults));
        Collections.shuffle(list, random);
        return list;
    }

    private static Fault stop(Random random, int node) {
        return new Fault(
                Kind.STOP,
                node,
                millis(random, 4000),
                millis(random, LONGEST_STOP_MILLIS).plusSeconds(1));
    }

    private static Fault kill(Random random, Kind kind, int node) {
        return new Fault(kind, node, millis(random, 4000), Duration.ZERO);
    }

    private static Fault database(Random random) {
        return new Fault(Kind.DATABASE, 0, millis(random, 4000), millis(random, 3000));
    }

    private static Duration millis(Random random, int max) {
        return Duration.ofMillis(random.nextInt(max));
    }
}
