package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.OtherOrigin.assertReadable;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.OtherOrigin.Call;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A page of another origin can read every error of the owner's resource. */
class CorsErrorsIT {
    private static final String CI = "{\"name\":\"ci\",\"scopes\":[\"read\"]}";
    private static final Predicate<Call> ALL = call -> true;
    private static Realm realm;
    private static OtherOrigin page;

    private final String alice = realm.signIn("alice", "spa");
    private final String one = newToken();

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("cors-errors");
        page = new OtherOrigin(realm);
        page.newClient("spa", "");
        page.newClient("short-lived", ",\"attributes\":{\"access.token.lifespan\":\"1\"}");
        page.newClient("unlisted", "");
        page.newClient("narrow", ",\"fullScopeAllowed\":false");
        page.allow("spa");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void invalidRequest() {
        assertReadable(400, page.call("POST", "", alice, "{}"));
        assertReadable(400, page.call("POST", "", alice, "{\"name\":"));
        assertReadable(400, page.call("GET", "?first=x", alice, null));
        assertReadable(400, page.call("PATCH", one, alice, "{}"));
        assertReadable(400, page.call("POST", one + "/rotate", alice, "{\"overlapSeconds\":-1}"));
    }

    @Test
    void expiredAccessToken() {
        String bearer = realm.signIn("alice", "short-lived");
        long expiry = AccessTokens.claims(bearer).path("exp").asLong();
        Waits.until(Instant.ofEpochSecond(expiry + 1));
        assertEachReadable(401, ALL, bearer);
    }

    @Test
    void endedSession() {
        String user = "leaver";
        String id = realm.newUser(user);
        String bearer = realm.signIn(user, "spa");
        realm.admin("POST", "/users/" + id + "/logout", "{}");
        assertEachReadable(401, ALL, bearer);
    }

    @Test
    void oldSignIn() {
        Answer granted = realm.grant("spa", "alice");
        Answer refreshed = realm.call("POST", "/protocol/openid-connect/token")
                .form(Map.of(
                        "grant_type", "refresh_token",
                        "client_id", "spa",
                        "refresh_token", granted.json().path("refresh_token").asText()))
                .send();
        for (Answer stale : assertEachReadable(401, CorsErrorsIT::issues, AccessTokens.accessToken(refreshed))) {
            assertTrue(stale.header("WWW-Authenticate").contains("max_age"));
        }
    }

    @Test
    void clientThatMayNotCreateTokens() {
        assertEachReadable(403, CorsErrorsIT::issues, realm.signIn("alice", "unlisted"));
    }

    @Test
    void accessTokenWithoutTheAudience() {
        assertEachReadable(403, ALL, realm.signIn("alice", "narrow"));
    }

    @Test
    void disabledAccountClient() {
        enableAccount(false);
        try {
            assertEachReadable(403, ALL, alice);
        } finally {
            enableAccount(true);
        }
    }

    @Test
    void plainHttp() {
        setRealm("\"sslRequired\":\"all\"");
        try {
            assertEachReadable(403, ALL, alice);
        } finally {
            setRealm("\"sslRequired\":\"external\"");
        }
    }

    @Test
    void unknownTokenOrPath() {
        for (Call call : OtherOrigin.calls("/none")) {
            if (call.path().startsWith("/none")) {
                assertReadable(404, page.call(call, alice));
            }
        }
        assertReadable(404, page.call("GET", "/none/more", alice, null));
    }

    @Test
    void wrongMethod() {
        assertReadable(405, page.call("PUT", "", alice, CI));
        assertReadable(405, page.call("POST", "/policy", alice, CI));
    }

    @Test
    void conflict() {
        realm.revoke(alice, one.substring(1));
        assertReadable(409, page.call("POST", one + "/rotate", alice, null));
        assertReadable(409, page.call("PATCH", one, alice, "{\"name\":\"renamed\"}"));
        createWithKey();
        assertReadable(409, createWithKey());
    }

    @Test
    void databaseFailure() {
        Database.get()
                .without(() -> assertEachReadable(500, call -> !call.path().equals("/policy"), alice));
    }

    private List<Answer> assertEachReadable(int status, Predicate<Call> which, String bearer) {
        List<Answer> answers = OtherOrigin.calls(one).stream()
                .filter(which)
                .map(call -> page.call(call, bearer))
                .toList();
        answers.forEach(answer -> assertReadable(status, answer));
        return answers;
    }

    /** Returns whether only the clients in {@code apiTokens.allowedClients} can make this call. */
    private static boolean issues(Call call) {
        return call.method().equals("POST") || call.method().equals("PATCH");
    }

    private Answer createWithKey() {
        return realm.call("POST", "/api-tokens")
                .bearer(alice)
                .header("Origin", OtherOrigin.APP)
                .header("Idempotency-Key", "k")
                .json(CI)
                .send();
    }

    private String newToken() {
        return "/" + realm.newToken(alice, "t").path("id").asText();
    }

    private static void enableAccount(boolean enabled) {
        String account = new Admins(realm).clientUuid("account");
        realm.admin("PUT", "/clients/" + account, "{\"clientId\":\"account\",\"enabled\":" + enabled + "}");
    }

    private static void setRealm(String setting) {
        realm.admin("PUT", "", "{\"realm\":\"cors-errors\"," + setting + "}");
    }
}
