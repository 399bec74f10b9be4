package io.qahub.keycloak.apitokens.cluster;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The members of the cluster as of a node's log. */
final class ClusterView {
    private static final Pattern ADDRESS = Pattern.compile("local address is [`']?([^`'\\s,]+)");

    /** A merged view is followed by those of which it consists. */
    private static final Pattern VIEW = Pattern.compile("cluster view .*?\\|(\\d+)] \\(\\d+\\) \\[([^]]*)]");

    private String address = "";
    private int number = -1;
    private Set<String> members = Set.of();

    /** Reads lines of the log, in which different threads may log two views in the wrong order. */
    void read(String lines) {
        Matcher own = ADDRESS.matcher(lines);
        while (own.find()) {
            address = own.group(1);
        }
        Matcher view = VIEW.matcher(lines);
        while (view.find()) {
            int viewNumber = Integer.parseInt(view.group(1));
            if (viewNumber > number) {
                number = viewNumber;
                members = Set.of(view.group(2).split("(\\([^)]*\\))?, |\\([^)]*\\)$"));
            }
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
