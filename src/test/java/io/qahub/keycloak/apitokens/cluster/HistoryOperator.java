package io.qahub.keycloak.apitokens.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.cluster.KnownTokens.Known;
import io.qahub.keycloak.apitokens.cluster.KnownTokens.Owner;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Owners and admins that create, rotate and revoke tokens, and disable, enable and delete owners, at one node. */
final class HistoryOperator {
    private static final int OWNERS = 6;
    private static final int TOKENS = 20;
    private static final int ATTEMPTS = 5;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final NodeGroup nodes;
    private final String name;
    private final List<String> names;
    private final KnownTokens tokens;
    private final History history;

    HistoryOperator(NodeGroup nodes, String name, List<String> names, KnownTokens tokens, History history) {
        this.nodes = nodes;
        this.name = name;
        this.names = names;
        this.tokens = tokens;
        this.history = history;
    }

    /** Performs a random operation. */
    void operate(Random random) {
        nodes.node(name).ifPresent(node -> operate(node, random));
    }

    private void operate(Node node, Random random) {
        int kind = random.nextInt(100);
        Optional<Owner> owner = tokens.anyOwner(random);
        Optional<Known> token = tokens.anyUnchanged(random);
        if (tokens.ownerCount() < OWNERS) {
            createOwner(node);
        } else if (tokens.unchangedCount() < TOKENS) {
            owner.ifPresent(it -> createToken(node, it));
        } else if (kind < 25) {
            token.ifPresent(it -> rotate(node, it));
        } else if (kind < 45) {
            token.ifPresent(it -> revoke("revocation by the owner", random, List.of(it), at -> revokeAsOwner(at, it)));
        } else if (kind < 60) {
            token.ifPresent(it -> revoke(
                    "revocation by an admin",
                    random,
                    List.of(it),
                    at -> at.admin("DELETE", "/api-tokens/" + it.id(), null)));
        } else if (kind < 70) {
            List<Known> some = Stream.of(token, tokens.anyUnchanged(random))
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
            revoke("revocation by ids", random, some, at -> bulk(at, "{\"ids\":[" + ids(some) + "]}"));
        } else if (kind < 75) {
            owner.ifPresent(it -> revokeAll("revocation by user", random, it, "{\"user\":\"" + it.id() + "\"}"));
        } else if (kind < 80) {
            owner.ifPresent(
                    it -> revokeAll("revocation by filter", random, it, "{\"filter\":{\"user\":\"" + it.id() + "\"}}"));
        } else if (kind < 95) {
            owner.ifPresent(it -> disableForAWhile(it, random));
        } else {
            owner.ifPresent(it -> deleteOwner(node, it));
        }
    }

    private void createOwner(Node node) {
        String user = "owner-" + NUMBER.incrementAndGet();
        String json = """
                {"username":"%1$s","enabled":true,"email":"%1$s@example.org","firstName":"F","lastName":"L",
                 "credentials":[{"type":"password","value":"%1$s"}]}""".formatted(user);
        history.send("creation of an owner", () -> node.admin("POST", "/users", json))
                .filter(made -> made.status() == 201)
                .map(made -> made.header("Location"))
                .ifPresent(path -> tokens.add(new Owner(user, path.substring(path.lastIndexOf('/') + 1))));
    }

    private void createToken(Node node, Owner owner) {
        if (!owner.creation().readLock().tryLock()) {
            return;
        }
        try {
            signIn(node, owner)
                    .flatMap(bearer -> history.send("creation", () -> node.realm()
                            .create(bearer, "{\"name\":\"of history\",\"scopes\":[\"read\"]}")))
                    .filter(made -> made.status() == 201)
                    .ifPresent(made -> tokens.add(known(owner, made.json())));
        } finally {
            owner.creation().readLock().unlock();
        }
    }

    /** Not twice at the same time: it would be unknown which secret was replaced. */
    private void rotate(Node node, Known token) {
        if (tokens.beginRotation(token)) {
            try {
                tokens.noteChange(List.of(token));
                signIn(node, token.owner()).ifPresent(bearer -> rotate(node, bearer, token));
            } finally {
                tokens.endRotation(token);
            }
        }
    }

    private void rotate(Node node, String bearer, Known token) {
        long sent = History.now();
        Optional<Answer> rotated =
                history.change("rotation", name, List.of(token.notReplaced()), false, () -> node.realm()
                        .call("POST", "/api-tokens/" + token.id() + "/rotate")
                        .bearer(bearer)
                        .json("{\"overlapSeconds\":0}")
                        .send());
        tokens.end(token);
        rotated.ifPresent(answer -> {
            Known renewed = known(token.owner(), answer.json());
            history.begin(renewed.heardOf(), name, sent, History.now());
            tokens.add(renewed);
        });
    }

    private Answer revokeAsOwner(Node node, Known token) {
        String bearer =
                signIn(node, token.owner()).orElseThrow(() -> new IllegalStateException("The owner cannot sign in."));
        return node.realm().revoke(bearer, token.id());
    }

    private static Answer bulk(Node node, String json) {
        return node.admin("POST", "/api-tokens/revoke", json);
    }

    private void revokeAll(String kind, Random random, Owner owner, String json) {
        if (owner.creation().writeLock().tryLock()) {
            try {
                revoke(kind, random, tokens.allOf(owner), at -> bulk(at, json));
            } finally {
                owner.creation().writeLock().unlock();
            }
        }
    }

    /** Revokes tokens; where there is no answer, this is repeated at other nodes. */
    private void revoke(String kind, Random random, List<Known> revoked, Function<Node, Answer> request) {
        tokens.noteChange(revoked);
        List<String> conditions =
                revoked.stream().map(Known::notRevoked).distinct().toList();
        change(kind, random, conditions, false, request);
        revoked.forEach(tokens::end);
    }

    private void disableForAWhile(Owner owner, Random random) {
        if (!owner.enabling().tryLock()) {
            return;
        }
        try {
            tokens.noteChange(tokens.unchangedOf(owner));
            boolean isClear = setEnabled(name, random, owner, false);
            HistoryActors.pause(random.nextInt(1500));
            if (!isClear || !setEnabled(names.get(random.nextInt(names.size())), random, owner, true)) {
                tokens.remove(owner);
            }
        } finally {
            owner.enabling().unlock();
        }
    }

    /**
     * Keycloak ignores the change if the node has cached the owner as already changed. As docs/security.md advises, the opposite
     * change is made there first, unless the node must have heard of the last change.
     */
    private boolean setEnabled(String first, Random random, Owner owner, boolean enabled) {
        return untilAcknowledged(random, first, (at, node) -> {
            boolean isHeard = history.latest(owner.enabled())
                    .map(change -> nodes.connections().reachesAtOnce(change, at))
                    .orElse(true);
            return (isHeard || setEnabled(at, node, owner, !enabled)) && setEnabled(at, node, owner, enabled);
        });
    }

    private boolean setEnabled(String at, Node node, Owner owner, boolean enabled) {
        return history.change(
                        enabled ? "enabling" : "disabling",
                        at,
                        List.of(owner.enabled()),
                        enabled,
                        () -> node.admin("PUT", "/users/" + owner.id(), "{\"enabled\":" + enabled + "}"))
                .isPresent();
    }

    private void deleteOwner(Node node, Owner owner) {
        tokens.noteChange(tokens.unchangedOf(owner));
        history.change(
                "deletion of an owner",
                name,
                List.of(owner.exists()),
                false,
                () -> node.admin("DELETE", "/users/" + owner.id(), null));
        tokens.remove(owner);
    }

    /** Sends the request to this node, and to random ones until one acknowledges; returns whether one did. */
    private boolean change(
            String kind, Random random, List<String> conditions, boolean met, Function<Node, Answer> request) {
        return untilAcknowledged(
                random, name, (at, node) -> history.change(kind, at, conditions, met, () -> request.apply(node))
                        .isPresent());
    }

    private boolean untilAcknowledged(Random random, String first, BiPredicate<String, Node> request) {
        String at = first;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String target = at;
            if (nodes.node(at).filter(node -> request.test(target, node)).isPresent()) {
                return true;
            }
            at = names.get(random.nextInt(names.size()));
        }
        return false;
    }

    private Optional<String> signIn(Node node, Owner owner) {
        return history.send("sign-in", () -> node.realm().grant("qa-hub-cli", owner.name()))
                .filter(answer -> answer.status() == 200)
                .map(answer -> answer.json().path("access_token").asText());
    }

    private static Known known(Owner owner, JsonNode json) {
        return new Known(
                owner,
                json.path("id").asText(),
                NUMBER.incrementAndGet(),
                json.path("token").asText());
    }

    private static String ids(List<Known> known) {
        return known.stream().map(token -> "\"" + token.id() + "\"").collect(Collectors.joining(","));
    }
}
