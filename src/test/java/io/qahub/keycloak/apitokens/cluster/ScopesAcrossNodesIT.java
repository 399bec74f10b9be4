package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.server.Realm;
import io.qahub.keycloak.apitokens.server.ScopeChanges;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** A change of scopes, roles or assignments on one node takes effect with the next request on both nodes. */
@Tag("cluster")
class ScopesAcrossNodesIT {
    private static final String NAME = "scope-changes";

    @TestFactory
    Stream<DynamicTest> theNextRequestOnEachNodeFollowsEachChange() {
        Cluster cluster = Cluster.get();
        Realm actor = Realm.fresh(cluster.one().server(), NAME);
        Realm other = new Realm(cluster.other().server(), NAME);
        return new ScopeChanges(actor, List.of(other, actor)).tests().onClose(actor::delete);
    }
}
