package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.server.Keycloak;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Nodes on one PostgreSQL that can each be stopped, killed and started again, with observations of their connections. */
final class NodeGroup implements AutoCloseable {
    private final Postgres database = Postgres.start();
    private final List<String> options;
    private final Map<String, Member> running = new ConcurrentHashMap<>();
    private final Connections connections = new Connections();

    NodeGroup(List<String> options) {
        this.options = Stream.concat(database.serverOptions().stream(), options.stream())
                .toList();
    }

    /** Starts a node as a member of the cluster. */
    void start(String name) {
        start(name, List.of());
    }

    /** Starts a node without a connection to the others. */
    void startCutOff(String name) {
        start(name, List.of("--cache=local"));
    }

    private void start(String name, List<String> further) {
        Keycloak server = Keycloak.node(
                "history-" + name,
                Stream.concat(options.stream(), further.stream()).toList());
        running.put(name, new Member(new Node(server)));
    }

    /** Returns a node unless it is being started. */
    Optional<Node> node(String name) {
        return Optional.ofNullable(running.get(name)).map(Member::node);
    }

    Postgres database() {
        return database;
    }

    Connections connections() {
        return connections;
    }

    void kill(String name) {
        Member member = running.remove(name);
        observe();
        Signal.KILL.send(member.node);
    }

    void stop(String name) {
        running.get(name).isStopped = true;
        observe();
        Signal.STOP.send(running.get(name).node);
    }

    void resume(String name) {
        Signal.CONT.send(running.get(name).node);
        running.get(name).isStopped = false;
    }

    /** Returns how many nodes are connected, and records which. */
    synchronized int observe() {
        Set<String> connected = new HashSet<>();
        Map<String, Member> members = Map.copyOf(running);
        members.values().forEach(Member::readLog);
        List<Member> clustered = members.values().stream()
                .filter(member -> !member.isStopped && member.view.isOfCluster())
                .toList();
        members.forEach((name, member) -> {
            if (clustered.contains(member)
                    && clustered.stream()
                            .allMatch(other -> member.view.contains(other.view) && other.view.contains(member.view))) {
                connected.add(name);
            }
        });
        connections.observe(History.now(), connected);
        return connected.size();
    }

    @Override
    public void close() {
        running.values().forEach(member -> member.node.server().close());
        database.close();
    }

    /** A node that is not being started. */
    private static final class Member {
        private final Node node;
        private final ClusterView view = new ClusterView();
        private long mark;
        private volatile boolean isStopped;

        private Member(Node node) {
            this.node = node;
        }

        /** Reads what has been logged since the last call. */
        private void readLog() {
            String log = node.server().logSince(mark);
            String lines = log.substring(0, log.lastIndexOf('\n') + 1);
            mark += lines.getBytes(StandardCharsets.UTF_8).length;
            view.read(lines);
        }

        private Node node() {
            return node;
        }
    }
}
