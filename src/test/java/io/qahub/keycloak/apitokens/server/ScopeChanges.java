package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * What changes the scopes that a token has, each before and after: the very next request follows. The owner has the role
 * {@code reader} directly, {@code grouped} from a group, and {@code part} as a part of {@code whole}, and is a member of an
 * organization.
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

    /** A change, and the change back, after which all tokens have their scopes again. */
    private record Change(String name, Runnable change, Scopes after, Runnable back) {}

    /** What {@code scope} is for a token with cases:read and write, and for one that is bound to an organization. */
    private record Scopes(String ofBoth, String ofBound) {
        static final Scopes ALL = new Scopes("cases:read write", "read");
        static final Scopes WITHOUT_CASES = new Scopes("write", "read");
        static final Scopes WITHOUT_ORGANIZATION = new Scopes("cases:read write", "");
    }

    private final class Setup {
        private final ClientScopes admin = new ClientScopes(actor);
        private final String user = actor.newUser(OWNER);
        private final String group = admin.newGroup("readers");
        private final Organizations organizations = new Organizations(actor);
        private final String both;
        private final String only;
        private String organization;
        private String bound;
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
            both = create("\"scopes\":[\"cases:read\",\"write\"]");
            only = create("\"scopes\":[\"cases:read\"]");
            organizations.setEnabled(true);
            newOrganization();
        }

        private void newOrganization() {
            organization = organizations.create("acme");
            organizations.join(organization, user);
            bound = create("\"scopes\":[\"read\"],\"organization\":\"acme\"");
        }

        private String create(String fields) {
            return actor.create(actor.signIn(OWNER), "{\"name\":\"t\"," + fields + "}")
                    .json()
                    .path("token")
                    .asText();
        }

        Stream<Change> changes() {
            return Stream.concat(changesOfScopes(), changesOfOrganizations());
        }

        private Stream<Change> changesOfOrganizations() {
            return Stream.of(
                    ofOrganization(
                            "organization left",
                            () -> organizations.leave(organization, user),
                            () -> organizations.join(organization, user)),
                    ofOrganization("organization disabled", () -> enable(false), () -> enable(true)),
                    ofOrganization(
                            "organizations turned off",
                            () -> organizations.setEnabled(false),
                            () -> organizations.setEnabled(true)),
                    ofOrganization(
                            "organization deleted", () -> organizations.delete(organization), this::newOrganization));
        }

        private Change ofOrganization(String name, Runnable change, Runnable back) {
            return new Change(name, change, Scopes.WITHOUT_ORGANIZATION, back);
        }

        private void enable(boolean enabled) {
            organizations.setEnabled(organization, "acme", enabled);
        }

        private Stream<Change> changesOfScopes() {
            return Stream.of(
                    new Change(
                            "no longer grantable", () -> grantable(false), Scopes.WITHOUT_CASES, () -> grantable(true)),
                    new Change(
                            "unassigned", () -> unassign("optional"), Scopes.WITHOUT_CASES, () -> assign("optional")),
                    new Change(
                            "assigned as default instead",
                            () -> {
                                unassign("optional");
                                assign("default");
                            },
                            Scopes.ALL,
                            () -> {
                                unassign("default");
                                assign("optional");
                            }),
                    new Change("renamed", () -> rename("cases:list"), Scopes.WITHOUT_CASES, () -> rename("cases:read")),
                    new Change(
                            "deleted and created again",
                            () -> admin.delete(scope),
                            Scopes.WITHOUT_CASES,
                            this::createAgain),
                    new Change(
                            "requires a role that the owner lacks",
                            () -> admin.requireRole(scope, "stranger"),
                            Scopes.WITHOUT_CASES,
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
                        expect(Scopes.ALL);
                        take.run();
                    },
                    Scopes.WITHOUT_CASES,
                    () -> {
                        give.run();
                        expect(Scopes.ALL);
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
            expect(Scopes.WITHOUT_CASES); // the new client scope is not assigned yet
            assign("optional");
        }

        void check(Change change) {
            expect(Scopes.ALL);
            change.change.run();
            expect(change.after);
            change.back.run();
            expect(Scopes.ALL);
        }

        private void expect(Scopes scopes) {
            for (Realm realm : observers) {
                assertEquals(scopes.ofBoth, scope(realm, ASSIGNED, both), "a token with both scopes");
                assertEquals(scopes.ofBound, scope(realm, ASSIGNED, bound), "a token of an organization");
                assertEquals(scopes.ofBound, scope(realm, OTHER, bound), "at another resource server");
                String expected = scopes.ofBoth.contains("cases:read") ? "cases:read" : "";
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
