package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What changes the scopes that a token has, each before and after: the very next request follows. The owner has the role
 * {@code reader} directly, {@code grouped} from a group, and {@code part} as a part of {@code whole}.
 *
 * @param actor the realm, by the node that makes the changes
 * @param observers the realm, by the nodes that verify
 */
public record ScopeChanges(Realm actor, List<Realm> observers) {
    private static final String ASSIGNED = "qa-hub-api";
    private static final String OTHER = "other-api";
    private static final String OWNER = "holder";

    /** Returns a test for each change. */
    public Stream<DynamicTest> tests() {
        Setup setup = new Setup();
        return setup.changes().map(change -> dynamicTest(change.name, () -> setup.check(change)));
    }

    /** A change, what {@code scope} is then for a token with cases:read and write, and the change back. */
    private record Change(String name, Runnable change, String after, Runnable back) {}

    private final class Setup {
        private final ClientScopes admin = new ClientScopes(actor);
        private final String user = actor.newUser(OWNER);
        private final String group = admin.newGroup("readers");
        private final String both;
        private final String only;
        private String scope = admin.newGrantable("cases:read");

        Setup() {
            for (String role : List.of("reader", "grouped", "part", "whole", "stranger")) {
                admin.newRole(role);
            }
            admin.roleOf("POST", "users/" + user, "reader");
            admin.roleOf("POST", "groups/" + group, "grouped");
            admin.member("PUT", group, user);
            admin.roleOf("POST", "users/" + user, "whole");
            admin.compose("POST", "whole", "part");
            admin.newResourceServer(OTHER);
            admin.assign(ASSIGNED, scope, "optional");
            String bearer = actor.signIn(OWNER);
            both = create(bearer, "[\"cases:read\",\"write\"]");
            only = create(bearer, "[\"cases:read\"]");
        }

        private String create(String bearer, String scopes) {
            return actor.create(bearer, "{\"name\":\"t\",\"scopes\":" + scopes + "}")
                    .json()
                    .path("token")
                    .asText();
        }

        Stream<Change> changes() {
            return Stream.of(
                    new Change("no longer grantable", () -> grantable(false), "write", () -> grantable(true)),
                    new Change("unassigned", () -> unassign("optional"), "write", () -> assign("optional")),
                    new Change(
                            "assigned as default instead",
                            () -> {
                                unassign("optional");
                                assign("default");
                            },
                            "cases:read write",
                            () -> {
                                unassign("default");
                                assign("optional");
                            }),
                    new Change("renamed", () -> rename("cases:list"), "write", () -> rename("cases:read")),
                    new Change("deleted and created again", () -> admin.delete(scope), "write", this::createAgain),
                    new Change(
                            "requires a role that the owner lacks",
                            () -> admin.requireRole(scope, "stranger"),
                            "write",
                            () -> admin.doNotRequireRole(scope, "stranger")),
                    withRole("reader", "role taken from the user", "users/" + user),
                    withRole("grouped", "role taken from the group", "groups/" + group),
                    withRole(
                            "grouped",
                            "owner left the group",
                            () -> admin.member("DELETE", group, user),
                            () -> admin.member("PUT", group, user)),
                    withRole(
                            "part",
                            "role taken from the composite",
                            () -> admin.compose("DELETE", "whole", "part"),
                            () -> admin.compose("POST", "whole", "part")),
                    withRole("whole", "composite taken from the user", "users/" + user));
        }

        private Change withRole(String role, String name, String holder) {
            return withRole(
                    role, name, () -> admin.roleOf("DELETE", holder, role), () -> admin.roleOf("POST", holder, role));
        }

        /** The role is required before the change and not after it has been undone. */
        private Change withRole(String role, String name, Runnable take, Runnable give) {
            return new Change(
                    name,
                    () -> {
                        admin.requireRole(scope, role);
                        expect("cases:read write");
                        take.run();
                    },
                    "write",
                    () -> {
                        give.run();
                        expect("cases:read write");
                        admin.doNotRequireRole(scope, role);
                    });
        }

        private void grantable(boolean grantable) {
            admin.setGrantable(scope, "cases:read", grantable);
        }

        private void assign(String kind) {
            admin.assign(ASSIGNED, scope, kind);
        }

        private void unassign(String kind) {
            admin.unassign(ASSIGNED, scope, kind);
        }

        private void rename(String name) {
            admin.setGrantable(scope, name, true);
        }

        private void createAgain() {
            scope = admin.newGrantable("cases:read");
            expect("write"); // the new client scope is not assigned yet
            assign("optional");
        }

        void check(Change change) {
            expect("cases:read write");
            change.change.run();
            expect(change.after);
            change.back.run();
            expect("cases:read write");
        }

        private void expect(String scopes) {
            for (Realm realm : observers) {
                assertEquals(scopes, scope(realm, ASSIGNED, both), "a token with both scopes");
                String expected = scopes.contains("cases:read") ? "cases:read" : "";
                assertEquals(expected, scope(realm, ASSIGNED, only), "a token with cases:read only");
                assertEquals("write", scope(realm, OTHER, both), "at another resource server");
                assertEquals("", scope(realm, OTHER, only), "at another resource server");
            }
        }

        /** Returns an empty string if the token is inactive. */
        private String scope(Realm realm, String client, String token) {
            return realm.call("POST", OWN_ENDPOINT)
                    .basic(client, client + "-secret")
                    .form("token=" + token)
                    .send()
                    .json()
                    .path("scope")
                    .asText();
        }
    }
}
