package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docker login} with an API token: requires only that the flow is bound as the realm's docker flow. */
class DockerIT {
    private static Realm realm;
    private static String secret;
    private static String read;

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("docker");
        assertEquals(
                204,
                realm.admin("PUT", "", "{\"dockerAuthenticationFlow\":\"sign in with an API token\"}")
                        .status());
        Answer made = realm.admin("POST", "/clients", """
                {"clientId":"registry","protocol":"docker-v2","protocolMappers":[
                 {"name":"all","protocol":"docker-v2","protocolMapper":"docker-v2-allow-all-mapper","config":{}}]}""");
        assertEquals(201, made.status(), made.text());
        String alice = realm.signIn("alice");
        secret = realm.newToken(alice, "both").path("token").asText();
        read = realm.create(alice, "{\"name\":\"r\",\"scopes\":[\"read\"]}")
                .json()
                .path("token")
                .asText();
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void aTokenAsThePasswordObtainsADockerToken() {
        Answer answer =
                ask("repository:acme/app:pull,push").basic("alice", secret).send();
        assertEquals(200, answer.status(), answer.text());
        JsonNode claims = AccessTokens.claims(answer.json().path("token").asText());
        assertEquals("alice", claims.path("sub").asText());
        assertEquals("registry", claims.path("aud").asText());
        assertEquals(
                "[\"pull\",\"push\"]",
                claims.path("access").path(0).path("actions").toString());
        assertTrue(claims.path("exp").asLong() - claims.path("iat").asLong() <= 300);
        assertEquals(200, ask("").bearer(secret).send().status());
    }

    @Test
    void pullingRequiresReadAndAllOtherActionsWrite() {
        assertEquals(
                200, ask("repository:acme/app:pull").basic("alice", read).send().status());
        assertEquals(200, ask("").basic("alice", read).send().status());
        for (String more : List.of(
                "repository:acme/app:push",
                "repository:acme/app:pull,push",
                "repository:acme/app:*",
                "repository:acme/app:delete",
                "repository:acme/app:",
                "repository:a:pull+repository:b:push",
                "repository:a:pull&scope=repository:b:push",
                "registry:catalog:*")) {
            assertRefused(ask(more).basic("alice", read).send());
        }
    }

    /** The protocol of client scopes is another one, so that none can be assigned to a registry. */
    @Test
    void aTokenWithClientScopesOnlyIsRejected() {
        new ClientScopes(realm).newGrantable("cases:read");
        String alice = realm.signIn("alice");
        String cases = realm.create(alice, "{\"name\":\"c\",\"scopes\":[\"cases:read\"]}")
                .json()
                .path("token")
                .asText();
        assertRefused(ask("").basic("alice", cases).send());
        assertRefused(ask("repository:acme/app:pull").basic("alice", cases).send());
        String both = realm.create(alice, "{\"name\":\"b\",\"scopes\":[\"cases:read\",\"read\"]}")
                .json()
                .path("token")
                .asText();
        assertEquals(
                200, ask("repository:acme/app:pull").basic("alice", both).send().status());
        assertRefused(ask("repository:acme/app:push").basic("alice", both).send());
    }

    @Test
    void aMissingOrInvalidTokenIsRejected() {
        assertRefused(ask("").send());
        assertRefused(ask("").basic("alice", "alice").send());
        assertRefused(ask("").basic("bob", secret).send());
        assertRefused(ask("").basic(secret, "").send());
        assertRefused(ask("").basic("alice", MadeUpTokens.withPrefix(secret.substring(3, 9)))
                .send());
    }

    @Test
    void aDockerTokenExpiresWithTheApiTokenAndAfterFiveMinutesAtMost() {
        String soon = realm.create(
                        realm.signIn("alice"),
                        "{\"name\":\"s\",\"scopes\":[\"read\"],\"expiresAt\":\""
                                + Instant.now().plusSeconds(60) + "\"}")
                .json()
                .path("token")
                .asText();
        assertRefused(ask("").basic("alice", soon).send());
        realm.admin("PUT", "", "{\"accessTokenLifespan\":301}");
        assertRefused(ask("").basic("alice", secret).send());
        realm.admin("PUT", "", "{\"accessTokenLifespan\":300}");
        assertEquals(200, ask("").basic("alice", secret).send().status());
    }

    @Test
    void anApiTokenDoesNotSignInABrowser() {
        Answer docker = ask("").basic("alice", secret).send();
        String cookies = docker.response().headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", -1)[0])
                .collect(Collectors.joining("; "));
        Answer answer = realm.call(
                        "GET",
                        "/protocol/openid-connect/auth?client_id=account-console&response_type=code&prompt=none"
                                + AccessTokens.PKCE + "&redirect_uri="
                                + Keycloak.get().url() + realm.path("/account/"))
                .header("Cookie", cookies)
                .send();
        assertTrue(String.valueOf(answer.header("Location")).contains("error=login_required"), answer.text());
        String jwt = docker.json().path("token").asText();
        assertEquals(401, realm.list(jwt, "").status());
        assertFalse(realm.introspect(Realm.STANDARD_ENDPOINT, jwt)
                .json()
                .path("active")
                .asBoolean());
    }

    private static Http ask(String scope) {
        String query = scope.isEmpty() ? "" : "&scope=" + scope;
        return realm.call("GET", "/protocol/docker-v2/auth?service=registry&account=alice" + query);
    }

    private static void assertRefused(Answer answer) {
        assertEquals(401, answer.status(), answer.text());
        assertTrue(answer.json().path("errors").path(0).path("message").isTextual());
        assertTrue(answer.header("WWW-Authenticate").startsWith("Basic "));
    }
}
