package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Heap used by 100,000 cached tokens: the difference in live objects after a full garbage collection. */
final class Memory {
    private static final int TOKENS = 100_000;
    private static final int OWNERS = 1000;

    private Memory() {}

    static String run(Postgres database) {
        try (Server server = Server.start("one", database)) {
            Tokens rows = Tokens.in(database);
            rows.makeOwners("owner", OWNERS);
            Endpoints endpoints = new Endpoints(server);
            // One token of each owner, because the cached users that this adds are Keycloak's.
            List<String> first = rows.make("owner", OWNERS, OWNERS);
            endpoints.own(first).run(30);
            endpoints.warm(first);
            long before = live(server);
            List<String> tokens = rows.make("owner", OWNERS, TOKENS);
            endpoints.warm(tokens);
            long after = live(server);
            return "%,d cached tokens of %,d owners: %.1f MiB of heap, %d bytes each%n"
                    .formatted(TOKENS, OWNERS, (after - before) / 1024.0 / 1024, (after - before) / TOKENS);
        }
    }

    /** Returns the size of all live objects in bytes. */
    static long live(Server server) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                            Long.toString(server.pid()),
                            "GC.class_histogram")
                    .start();
            String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String total = histogram.substring(histogram.lastIndexOf("Total"));
            return Long.parseLong(total.strip().split("\\s+", -1)[2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
