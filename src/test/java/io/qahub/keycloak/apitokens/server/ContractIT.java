package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Makes every documented call and causes every documented error; {@link Contract} checks the responses. */
class ContractIT {
    private static final String TOKENS = "/api-tokens";
    private static final String TOKEN_ENDPOINT = "/protocol/openid-connect/token";
    private static final String REVOKE = "/protocol/openid-connect/revoke";
    private static final String CI = "{\"name\":\"ci\",\"scopes\":[\"read\"]}";
    private static final String ROBOT = "{\"client\":\"reporter\",\"name\":\"ci\",\"scopes\":[\"read\"]}";
    private static final String KEY = "Idempotency-Key";
    private static final String PERSON = "alice";
    private static final String LIMITED = "10.9.8.7";
    private static final Realm NOWHERE = new Realm("no-such-realm");
    private static Realm realm;
    private static Realm disabled;

    private final String alice = realm.signIn(PERSON);
    private final String foreign = realm.signIn(PERSON, "qa-hub-api");
    private final String secret = newToken().path("token").asText();
    /** No node has cached it. */
    private final String unused = newToken().path("token").asText();

    @BeforeAll
    static void makeRealms() {
        realm = Realm.fresh("contract");
        new AccessTokens(realm).newClient("reporter", "\"serviceAccountsEnabled\":true,\"fullScopeAllowed\":false");
        disabled = Realm.fresh("contract-disabled");
        assertEquals(
                204,
                disabled.admin("PUT", "", "{\"realm\":\"contract-disabled\",\"enabled\":false}")
                        .status());
    }

    @AfterAll
    static void deleteRealms() {
        realm.delete();
        disabled.delete();
    }

    /**
     * These require a user directory that is unavailable, a mapper that fails, a concurrent change, or many requests; see
     * DirectoryIT, ImpersonationIT, LightweightTokenIT, OverlapIT and RevocationIT.
     */
    private static final Set<String> OF_OTHER_TESTS = Set.of(
            "createToken 503",
            "listTokens 503",
            "getToken 503",
            "editToken 503",
            "revokeToken 503",
            "rotateToken 503",
            "revoke 429",
            "getPolicy 503",
            "endOverlap 409",
            "adminEndOverlap 409",
            "adminCreateToken 503",
            "adminListTokens 503",
            "adminRevokeTokens 503");

    @Test
    void everyDocumentedResponseIsReturned() {
        Contract.forget();
        owner();
        rotation();
        Database.get().without(this::ownerWithoutDatabase);
        introspection(OWN_ENDPOINT);
        introspection(STANDARD_ENDPOINT);
        gateway();
        exchange();
        self();
        leakReport();
        githubReport();
        revocation();
        adminRefusals();
        admin();
        Database.get().without(this::withoutDatabase);
        Set<String> documented = Contract.documented();
        documented.removeAll(OF_OTHER_TESTS);
        assertEquals(documented, Contract.seen());
    }

    private void owner() {
        String one = "/" + newToken().path("id").asText();
        for (List<String> call : List.of(
                List.of("POST", ""),
                List.of("GET", ""),
                List.of("GET", one),
                List.of("PATCH", one),
                List.of("DELETE", one),
                List.of("POST", one + "/rotate"),
                List.of("DELETE", one + "/previous-secret"),
                List.of("GET", "/policy"))) {
            String path = TOKENS + call.get(1);
            expect(401, realm.call(call.get(0), path));
            expect(403, realm.call(call.get(0), path).bearer(foreign));
            expect(404, NOWHERE.call(call.get(0), path).bearer(alice));
            expect(200, realm.call("OPTIONS", path).header("Origin", "https://app.example"));
            expect(404, NOWHERE.call("OPTIONS", path).header("Origin", "https://app.example"));
        }
        expect(201, realm.call("POST", TOKENS).bearer(alice).json(CI));
        expect(400, realm.call("POST", TOKENS).bearer(alice).json("{}"));
        expect(201, realm.call("POST", TOKENS).bearer(alice).header(KEY, "k").json(CI));
        expect(409, realm.call("POST", TOKENS).bearer(alice).header(KEY, "k").json(CI));
        expect(
                200,
                realm.call("GET", TOKENS + "?search=c&status=all&first=0&max=9").bearer(alice));
        expect(400, realm.call("GET", TOKENS + "?first=x").bearer(alice));
        expect(200, realm.call("GET", TOKENS + one).bearer(alice));
        expect(404, realm.call("GET", TOKENS + "/none").bearer(alice));
        expect(200, realm.call("PATCH", TOKENS + one).bearer(alice).json("{\"description\":\"d\"}"));
        expect(400, realm.call("PATCH", TOKENS + one).bearer(alice).json("{}"));
        expect(204, realm.call("DELETE", TOKENS + one).bearer(alice));
        expect(409, realm.call("PATCH", TOKENS + one).bearer(alice).json("{\"description\":\"d\"}"));
        expect(404, realm.call("DELETE", TOKENS + "/none").bearer(alice));
        expect(200, realm.call("GET", TOKENS + "/policy").bearer(alice));
    }

    private void rotation() {
        String one = TOKENS + "/" + newToken().path("id").asText();
        expect(400, realm.call("POST", one + "/rotate").bearer(alice).json("{\"overlapSeconds\":-1}"));
        expect(200, realm.call("POST", one + "/rotate").bearer(alice).json("{\"overlapSeconds\":9}"));
        expect(204, realm.call("DELETE", one + "/previous-secret").bearer(alice));
        expect(404, realm.call("DELETE", TOKENS + "/none/previous-secret").bearer(alice));
        realm.call("DELETE", one).bearer(alice).send();
        expect(409, realm.call("POST", one + "/rotate").bearer(alice));
    }

    private void ownerWithoutDatabase() {
        expect(500, realm.call("POST", TOKENS).bearer(alice).json(CI));
        expect(500, realm.call("GET", TOKENS).bearer(alice));
        expect(500, realm.call("GET", TOKENS + "/id").bearer(alice));
        expect(500, realm.call("PATCH", TOKENS + "/id").bearer(alice).json("{}"));
        expect(500, realm.call("DELETE", TOKENS + "/id").bearer(alice));
        expect(500, realm.call("POST", TOKENS + "/id/rotate").bearer(alice));
        expect(500, realm.call("DELETE", TOKENS + "/id/previous-secret").bearer(alice));
    }

    private void introspection(String endpoint) {
        Map<String, String> form = Map.of("token", secret);
        expect(200, asClient(realm, endpoint).form(form));
        expect(200, asClient(realm, endpoint).form("token=qh_nonsense"));
        expect(400, asClient(realm, endpoint).form("token=" + secret + "&token=" + secret));
        expect(401, realm.call("POST", endpoint).basic("qa-hub-api", "wrong").form(form));
        expect(403, realm.call("POST", endpoint).form("client_id=qa-hub-cli&token=" + secret));
        expect(404, asClient(NOWHERE, endpoint).form(form));
    }

    private void gateway() {
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            expect(200, Gateway.asks(realm, method, "", secret));
            expect(401, Gateway.asks(realm, method, ""));
            expect(403, Gateway.asks(disabled, method, "", secret));
        }
        expect(400, Gateway.asks(realm, "GET", "/a//b", secret));
        expect(404, Gateway.asks(NOWHERE, "GET", "", secret));
    }

    private void exchange() {
        AccessTokens tokens = new AccessTokens(realm);
        assertEquals(200, tokens.exchange(secret).status());
        assertEquals(400, tokens.exchange(secret, "scope", "openid").status());
        assertEquals(200, tokens.signIn("qa-hub-legacy", PERSON, secret).status());
        Map<String, String> form = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                secret,
                "subject_token_type",
                AccessTokens.TYPE);
        expect(
                401,
                realm.call("POST", TOKEN_ENDPOINT).basic("qa-hub-api", "wrong").form(form));
        expect(403, asClient(disabled, TOKEN_ENDPOINT).form(form));
        expect(404, asClient(NOWHERE, TOKEN_ENDPOINT).form(form));
    }

    private void self() {
        String self = TOKENS + "/self";
        for (String method : List.of("GET", "DELETE")) {
            expect(401, realm.call(method, self));
            expect(403, disabled.call(method, self).bearer(secret));
            expect(404, NOWHERE.call(method, self).bearer(secret));
        }
        expect(200, realm.call("GET", self).bearer(secret));
        expect(204, realm.call("DELETE", self).bearer(newToken().path("token").asText()));
    }

    private void leakReport() {
        String revoke = TOKENS + "/revoke";
        expect(400, realm.call("POST", revoke).form("x=y"));
        expect(403, disabled.call("POST", revoke).form("token=" + secret));
        expect(404, NOWHERE.call("POST", revoke).form("token=" + secret));
        String many = "&token=qh_nonsense".repeat(100).substring(1);
        for (int i = 0; i < 3; i++) {
            expect(200, limited("POST", revoke).form(many));
        }
        expect(429, limited("POST", revoke).form(many));
        expect(429, limited("GET", TOKENS + "/self").bearer(secret));
        expect(429, limited("DELETE", TOKENS + "/self").bearer(secret));
    }

    private void revocation() {
        Map<String, String> form = Map.of("token", secret);
        expect(200, asClient(realm, REVOKE).form("token=qh_nonsense"));
        expect(400, asClient(realm, REVOKE).form("token=" + secret + "&token=" + secret));
        expect(401, realm.call("POST", REVOKE).basic("qa-hub-api", "wrong").form(form));
        expect(403, asClient(disabled, REVOKE).form(form));
        expect(404, asClient(NOWHERE, REVOKE).form(form));
    }

    private void githubReport() {
        expect(200, githubReport(newToken().path("token").asText()));
        expect(400, GithubMessages.signed(realm, "{}"));
        expect(403, GithubMessages.unsigned(realm, "[]"));
        expect(404, GithubMessages.signed(NOWHERE, "[]"));
        expect(429, GithubMessages.unsigned(realm, "[]").header("X-Forwarded-For", LIMITED));
    }

    private static Http githubReport(String token) {
        return GithubMessages.signed(realm, "[{\"token\":\"" + token + "\",\"type\":\"t\"}]");
    }

    private void adminRefusals() {
        String onlooker = new Admins(realm).newAdmin("onlooker");
        for (List<String> call : List.of(
                List.of("GET", "", ""),
                List.of("POST", "", ROBOT),
                List.of("GET", "/policy", ""),
                List.of("GET", "/scopes", ""),
                List.of("PUT", "/scopes/none", "{\"grantable\":true}"),
                List.of("GET", "/none", ""),
                List.of("DELETE", "/none", ""),
                List.of("DELETE", "/none/previous-secret", ""),
                List.of("POST", "/revoke", "{\"all\":true,\"dryRun\":true}"),
                List.of("POST", "/shorten", "{\"dryRun\":true}"))) {
            expect(401, admin(realm, call.get(0), call.get(1)).json(call.get(2)));
            expect(403, admin(realm, call.get(0), call.get(1)).bearer(onlooker).json(call.get(2)));
            expect(
                    404,
                    admin(NOWHERE, call.get(0), call.get(1))
                            .bearer(Realm.admin())
                            .json(call.get(2)));
        }
    }

    private void admin() {
        String id = "/" + newToken().path("id").asText();
        expect(200, asAdmin("GET", "?scope=read&neverUsed=true&sort=expires&order=asc&max=5"));
        expect(400, asAdmin("GET", "?sort=name"));
        expect(201, asAdmin("POST", "").header(KEY, "k").json(ROBOT));
        expect(409, asAdmin("POST", "").header(KEY, "k").json(ROBOT));
        expect(400, asAdmin("POST", "").json("{\"client\":\"none\",\"name\":\"ci\",\"scopes\":[\"read\"]}"));
        expect(200, asAdmin("GET", id));
        expect(404, asAdmin("GET", "/none"));
        expect(204, asAdmin("DELETE", id + "/previous-secret"));
        expect(404, asAdmin("DELETE", "/none/previous-secret"));
        expect(204, asAdmin("DELETE", id));
        expect(404, asAdmin("DELETE", "/none"));
        expect(200, asAdmin("POST", "/revoke").json("{\"filter\":{\"neverUsed\":true},\"dryRun\":true}"));
        expect(400, asAdmin("POST", "/revoke").json("{}"));
        expect(404, asAdmin("POST", "/revoke").json("{\"user\":\"none\"}"));
        expect(200, asAdmin("GET", "/policy"));
        expect(200, asAdmin("GET", "/scopes"));
        expect(400, asAdmin("GET", "/scopes?client=none"));
        String scope = "/scopes/" + new ClientScopes(realm).create("cases:read", "");
        expect(200, asAdmin("PUT", scope).json("{\"grantable\":true,\"methods\":[\"GET\"]}"));
        expect(400, asAdmin("PUT", scope).json("{}"));
        expect(400, asAdmin("POST", "/shorten"));
        realm.admin("PUT", "", "{\"realm\":\"contract\",\"attributes\":{\"apiTokens.maxLifetimeDays\":\"7\"}}");
        expect(200, asAdmin("POST", "/shorten").json("{\"dryRun\":true}"));
    }

    private void withoutDatabase() {
        expect(503, asClient(realm, OWN_ENDPOINT).form(Map.of("token", unused)));
        expect(503, asClient(realm, STANDARD_ENDPOINT).form(Map.of("token", unused)));
        expect(503, Gateway.asks(realm, "GET", "", unused));
        assertEquals(503, new AccessTokens(realm).exchange(unused).status());
        expect(503, realm.call("GET", TOKENS + "/self").bearer(unused));
        expect(503, realm.call("DELETE", TOKENS + "/self").bearer(unused));
        expect(503, asClient(realm, REVOKE).form(Map.of("token", unused)));
        expect(503, realm.call("POST", TOKENS + "/revoke").form(Map.of("token", unused)));
        expect(503, githubReport(unused));
    }

    private JsonNode newToken() {
        return realm.newToken(alice, "ci");
    }

    private static Http asClient(Realm realm, String path) {
        return realm.call("POST", path).basic("qa-hub-api", "qa-hub-api-secret");
    }

    private static Http admin(Realm realm, String method, String rest) {
        return Http.call(realm.server(), method, "/admin/realms/" + realm.name() + TOKENS + rest);
    }

    private static Http asAdmin(String method, String rest) {
        return admin(realm, method, rest).bearer(Realm.admin());
    }

    private static Http limited(String method, String rest) {
        return realm.call(method, rest).header("X-Forwarded-For", LIMITED);
    }

    private static void expect(int status, Http call) {
        Answer answer = call.send();
        assertEquals(status, answer.status(), answer.response() + answer.text());
    }
}
