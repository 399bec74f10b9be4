package io.qahub.keycloak.apitokens.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.cluster.KnownTokens.Known;
import io.qahub.keycloak.apitokens.cluster.KnownTokens.Owner;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownTokensTest {
    private final KnownTokens tokens = new KnownTokens();
    private final Owner owner = new Owner("owner", "1");
    private final Known first = known(owner, 1);
    private final Known second = known(owner, 2);

    /** A request about the first token was rejected, for instance because the owner had been disabled. */
    @Test
    void revokingAllTokensOfAnOwnerIncludesThoseThatMayNotBeChangedAnyMore() {
        List.of(first, second, known(new Owner("other", "2"), 3)).forEach(tokens::add);
        tokens.end(first);
        assertEquals(List.of(second), tokens.unchangedOf(owner));
        assertEquals(List.of(first, second), tokens.allOf(owner));
    }

    private static Known known(Owner owner, int number) {
        return new Known(owner, "id" + number, number, "string" + number);
    }
}
