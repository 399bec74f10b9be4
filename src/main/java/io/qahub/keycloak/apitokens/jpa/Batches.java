package io.qahub.keycloak.apitokens.jpa;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits values, so that no statement has too many parameters: Oracle allows 1,000 in a list, SQL Server 2,100 in all.
 * Hibernate fills the list of a statement up to the next power of two.
 */
final class Batches {
    /** The number of values in a batch; Hibernate makes 512 parameters of them. */
    static final int SIZE = 500;

    private Batches() {}

    static List<List<String>> of(Collection<String> values) {
        List<String> all = List.copyOf(values);
        return IntStream.range(0, (all.size() + SIZE - 1) / SIZE)
                .mapToObj(i -> all.subList(i * SIZE, Math.min((i + 1) * SIZE, all.size())))
                .toList();
    }
}
