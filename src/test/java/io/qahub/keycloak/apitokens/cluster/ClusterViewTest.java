package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lines are those of Keycloak 26.7.4, without the time and category. */
class ClusterViewTest {
    private static final String BOTH = "ISPN000094: Received new cluster view for channel ISPN: "
            + "[vm-42339(v=16.0.14)|1] (2) [vm-42339(v=16.0.14), vm-2367(v=16.0.14)]\n";
    private static final String ALONE = "ISPN000094: Received new cluster view for channel ISPN: "
            + "[vm-42339(v=16.0.14)|2] (1) [vm-42339(v=16.0.14)]\n";
    private static final String MERGED = "ISPN000093: Received new, MERGED cluster view for channel ISPN: "
            + "MergeView::[vm-42339(v=16.0.14)|3] (2) [vm-42339(v=16.0.14), vm-2367(v=16.0.14)], 2 subgroups: "
            + "[vm-42339(v=16.0.14)|1] (2) [vm-42339(v=16.0.14), vm-2367(v=16.0.14)], "
            + "[vm-42339(v=16.0.14)|2] (1) [vm-42339(v=16.0.14)]\n";

    private final ClusterView view = view("vm-42339");
    private final ClusterView other = view("vm-2367");

    @Test
    void readsEachView() {
        assertEquals(
                List.of(false, true, false, true),
                Stream.of("", BOTH, ALONE, MERGED).map(this::connected).toList());
    }

    @Test
    void theLatestViewCountsIfTwoAreLoggedInTheWrongOrder() {
        assertEquals(false, connected(ALONE + BOTH));
    }

    private boolean connected(String lines) {
        view.read(lines);
        return view.contains(other);
    }

    private static ClusterView view(String address) {
        ClusterView view = new ClusterView();
        view.read(
                "ISPN000079: Channel `ISPN` local address is `" + address + "`, physical addresses are `[::1:7800]`\n");
        return view;
    }
}
