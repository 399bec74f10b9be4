package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.server.Keycloak;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The members of the cluster as of a node's log. */
final class ClusterView {
    private static final Pattern ADDRESS = Pattern.compile("local address is [`']?([^`'\\s,]+)");
    private static final Pattern VIEW = Pattern.compile("cluster view .*\\(\\d+\\) \\[([^]]*)]");

    private final Keycloak server;
    private long mark;
    private String address = "";
    private Set<String> members = Set.of();

    ClusterView(Keycloak server) {
        this.server = server;
    }

    /** Reads what has been logged since the last call. */
    void update() {
        String log = server.logSince(mark);
        String lines = log.substring(0, log.lastIndexOf('\n') + 1);
        mark += lines.getBytes(StandardCharsets.UTF_8).length;
        Matcher own = ADDRESS.matcher(lines);
        while (own.find()) {
            address = own.group(1);
        }
        Matcher view = VIEW.matcher(lines);
        while (view.find()) {
            members = Set.of(view.group(1).split("(\\([^)]*\\))?, |\\([^)]*\\)$"));
        }
    }

    /** Whether the node has a connection to others, or is waiting for them. */
    boolean isOfCluster() {
        return !members.isEmpty();
    }

    boolean contains(ClusterView other) {
        return members.contains(other.address);
    }
}
