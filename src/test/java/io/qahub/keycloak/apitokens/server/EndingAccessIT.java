package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.AccessTokens.accessToken;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Keycloak's own ways to end or restrict access mean for API tokens, as docs/security.md lists them. */
@Tag("lifecycle")
class EndingAccessIT {
    private static final String CLIENT = "qa-hub-cli";

    /**
     * A way to end or restrict access.
     *
     * @param name its row in docs/security.md
     * @param isActive whether the token is active afterwards
     * @param isJwtActive whether a JWT that was obtained with the token is
     */
    private record Way(String name, boolean isActive, boolean isJwtActive, Consumer<User> apply) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record User(Realm realm, String name, String id, JsonNode signedIn) {
        Answer admin(String method, String rest, String json) {
            Answer answer = realm.admin(method, rest, json);
            assertTrue(answer.status() < 300, answer.status() + " " + answer.text());
            return answer;
        }

        void update(String json) {
            admin("PUT", "/users/" + id, json);
        }

        void updateRealm(String json) {
            admin("PUT", "", "{\"realm\":\"" + realm.name() + "\"," + json + "}");
        }

        void updateClient(String clientId, String json) {
            admin("PUT", client(clientId), "{\"clientId\":\"" + clientId + "\"," + json + "}");
        }

        String client(String clientId) {
            return "/clients/"
                    + admin("GET", "/clients?clientId=" + clientId, null)
                            .json()
                            .path(0)
                            .path("id")
                            .asText();
        }

        String session() {
            return admin("GET", "/users/" + id + "/sessions", null)
                    .json()
                    .path(0)
                    .path("id")
                    .asText();
        }
    }

    static Stream<Way> ways() {
        return Stream.of(
                active("The user signs out", EndingAccessIT::signOut),
                active(
                        "An administrator signs out one session",
                        user -> user.admin("DELETE", "/sessions/" + user.session(), null)),
                jwtEnds(
                        "An administrator signs out a user",
                        user -> user.admin("POST", "/users/" + user.id + "/logout", "{}")),
                jwtEnds("An administrator signs out the realm", user -> user.admin("POST", "/logout-all", "{}")),
                jwtEnds("Not-before of the realm", user -> user.updateRealm("\"notBefore\":" + now())),
                jwtEnds("Not-before of a client", user -> user.updateClient("qa-hub-api", "\"notBefore\":" + now())),
                active(
                        "Required actions",
                        user -> user.update(
                                "{\"requiredActions\":[\"UPDATE_PASSWORD\",\"CONFIGURE_TOTP\",\"VERIFY_EMAIL\"]}")),
                active("Email verification", user -> {
                    user.update("{\"emailVerified\":false}");
                    user.updateRealm("\"verifyEmail\":true");
                }),
                active("Temporary lockout", EndingAccessIT::lockOut),
                inactive("Permanent lockout", user -> {
                    user.updateRealm("\"permanentLockout\":true,\"maxTemporaryLockouts\":0");
                    lockOut(user);
                }),
                active("Required consent", user -> {
                    user.updateClient(CLIENT, "\"consentRequired\":true");
                    user.updateClient("qa-hub-api", "\"consentRequired\":true");
                }),
                active(
                        "A new password",
                        user -> user.admin(
                                "PUT",
                                "/users/" + user.id + "/reset-password",
                                "{\"type\":\"password\",\"value\":\"new\"}")),
                active(
                        "The password is deleted",
                        user -> user.admin(
                                "DELETE",
                                "/users/" + user.id + "/credentials/"
                                        + user.admin("GET", "/users/" + user.id + "/credentials", null)
                                                .json()
                                                .path(0)
                                                .path("id")
                                                .asText(),
                                null)),
                inactive("The user deletes the account", EndingAccessIT::deleteAccount),
                inactive("The user is disabled", user -> user.update("{\"enabled\":false}")),
                inactive("The user is deleted", user -> user.admin("DELETE", "/users/" + user.id, null)),
                active(
                        "The client with which the token was created is disabled",
                        user -> user.updateClient(CLIENT, "\"enabled\":false")),
                active(
                        "The client with which the token was created is deleted",
                        user -> user.admin("DELETE", user.client(CLIENT), null)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void eachWayAffectsTokensAsDocumented(Way way) {
        Realm realm = Realm.fresh("ways");
        try {
            realm.admin("PUT", "", """
                    {"realm":"ways","bruteForceProtected":true,"failureFactor":3,"waitIncrementSeconds":600,
                     "maxFailureWaitSeconds":600,"quickLoginCheckMilliSeconds":0,
                     "attributes":{"apiTokens.allowedClients":"qa-hub-cli"}}""");
            realm.admin("PUT", "/clients/" + clientOf(realm, "billing"), """
                    {"clientId":"billing","defaultClientScopes":["api-tokens"]}""");
            String id = realm.newUser("carol");
            JsonNode signedIn = realm.grant(CLIENT, "carol").json();
            String token = realm.newToken(signedIn.path("access_token").asText(), "t")
                    .path("token")
                    .asText();
            String jwt = accessToken(new AccessTokens(realm).exchange(token));
            assertTrue(isActive(realm, token) && isActive(realm, jwt));
            // Keycloak rejects JWTs of earlier seconds than the not-before time.
            Waits.until(
                    Instant.ofEpochSecond(AccessTokens.claims(jwt).path("iat").asLong() + 1));
            way.apply.accept(new User(realm, "carol", id, signedIn));
            assertEquals(way.isActive, isActive(realm, token), "the token");
            assertEquals(way.isJwtActive, isActive(realm, jwt), "the JWT");
        } finally {
            realm.delete();
        }
    }

    @Test
    void theTableInTheDocumentationHasARowForEach() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/security.md"));
        ways().forEach(way -> {
            String row = rows.stream()
                    .filter(line -> line.startsWith("| " + way.name + " |"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no row: " + way));
            String[] cells = row.split(" *\\| *", -1);
            assertTrue(cells[2].startsWith(way.isActive ? "active" : "inactive"), row);
            assertTrue(cells[3].startsWith(way.isJwtActive ? "active" : "inactive"), row);
        });
    }

    private static Way active(String name, Consumer<User> apply) {
        return new Way(name, true, true, apply);
    }

    private static Way inactive(String name, Consumer<User> apply) {
        return new Way(name, false, false, apply);
    }

    private static Way jwtEnds(String name, Consumer<User> apply) {
        return new Way(name, true, false, apply);
    }

    private static boolean isActive(Realm realm, String token) {
        Answer answer = realm.introspect(Realm.OWN_ENDPOINT, token);
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("active").asBoolean();
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String clientOf(Realm realm, String clientId) {
        return realm.admin("GET", "/clients?clientId=" + clientId, null)
                .json()
                .path(0)
                .path("id")
                .asText();
    }

    private static void signOut(User user) {
        Answer answer = user.realm
                .call("POST", "/protocol/openid-connect/logout")
                .form(Map.of(
                        "client_id",
                        CLIENT,
                        "refresh_token",
                        user.signedIn.path("refresh_token").asText()))
                .send();
        assertEquals(204, answer.status(), answer.text());
    }

    private static void lockOut(User user) {
        await(user.name + " to be locked out")
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    user.realm
                            .call("POST", "/protocol/openid-connect/token")
                            .form(Map.of(
                                    "grant_type",
                                    "password",
                                    "client_id",
                                    CLIENT,
                                    "username",
                                    user.name,
                                    "password",
                                    "wrong"))
                            .send();
                    return user.admin("GET", "/attack-detection/brute-force/users/" + user.id, null)
                            .json()
                            .path("disabled")
                            .asBoolean();
                });
    }

    /** As the account console does it: by the required action. */
    private static void deleteAccount(User user) {
        user.admin("PUT", "/authentication/required-actions/delete_account", """
                {"alias":"delete_account","name":"Delete Account","providerId":"delete_account","enabled":true}""");
        String account = user.client("account");
        JsonNode role =
                user.admin("GET", account + "/roles/delete-account", null).json();
        user.admin("POST", "/users/" + user.id + "/role-mappings/clients/" + account.substring(9), "[" + role + "]");
        LoginPages.open(user.realm, "&kc_action=delete_account")
                .submit(Map.of("username", user.name, "password", user.name))
                .submit(Map.of());
        assertEquals(404, user.realm.admin("GET", "/users/" + user.id, null).status(), "the account is deleted");
    }
}
