package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.interop.KafkaListener.Session;
import io.qahub.keycloak.apitokens.server.ClientScopes;
import io.qahub.keycloak.apitokens.server.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Strimzi's OAuth library in a Kafka broker: {@code examples/kafka}. */
@Tag("interop")
class KafkaIT {
    private static Realm realm;
    private static ClientScopes scopes;
    private static KafkaListener listener;

    private final String alice = realm.signIn("alice");

    @BeforeAll
    static void setUp() throws Exception {
        realm = Realm.fresh("kafka");
        scopes = new ClientScopes(realm);
        scopes.newResourceServer("kafka");
        String id = scopes.create("kafka", "\"apiTokens.grantable\":\"true\",\"include.in.token.scope\":\"true\"", """
                [{"name":"audience","protocol":"openid-connect","protocolMapper":"oidc-audience-mapper",
                  "config":{"included.client.audience":"kafka","access.token.claim":"true"}}]""");
        scopes.assign("kafka", id, "optional");
        scopes.assign("qa-hub-cli", id, "optional");
        listener = KafkaListener.configure(example("server.properties")
                .replace("http://localhost:8080/realms/qa-hub", realm.server().url() + realm.path("")));
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @BeforeEach
    void limitExp() {
        limitExp("60");
    }

    @Test
    void aClientIsTheOwnerOfItsTokenUntilTheLimit() throws Exception {
        Session session = listener.authenticate(newToken("kafka", null));
        assertEquals("alice", session.user());
        assertAbout(Instant.now().plusSeconds(60), session);
    }

    @Test
    void aClientSendsTheTokenOfItsConfiguration() throws Exception {
        String token = newToken("kafka", null);
        String sent = KafkaClient.token(example("client.properties").replace("qh_...", token));
        assertEquals(token, sent);
        assertEquals("alice", listener.authenticate(sent).user());
    }

    /** Introspection returns no {@code exp}, which the validator requires. */
    @Test
    void withoutTheLimitATokenThatDoesNotExpireIsRejected() throws Exception {
        limitExp("");
        String token = newToken("kafka", null);
        assertTrue(scopes.introspect("kafka", token).json().path("active").asBoolean());
        SaslAuthenticationException rejection =
                assertThrows(SaslAuthenticationException.class, () -> listener.authenticate(token));
        assertTrue(
                rejection.getCause().getMessage().contains("no expires information"), rejection.getCause()::toString);
        Instant expiry = Instant.now().plusSeconds(3600);
        assertAbout(expiry, listener.authenticate(newToken("kafka", expiry)));
    }

    @Test
    void aTokenWithoutTheScopeIsRejected() {
        String token = newToken("read", null);
        assertTrue(scopes.introspect("kafka", token).json().path("active").asBoolean());
        assertRejected("Custom claim check failed", token);
    }

    @Test
    void aRevokedTokenIsRejectedWhenItsClientAuthenticatesAgain() throws Exception {
        JsonNode token = realm.create(alice, "{\"name\":\"revoked soon\",\"scopes\":[\"kafka\"]}")
                .json();
        listener.authenticate(token.path("token").asText());
        assertEquals(204, realm.revoke(alice, token.path("id").asText()).status());
        assertRejected("Token not active", token.path("token").asText());
    }

    @Test
    void anAccessTokenOfKeycloakIsAcceptedToo() throws Exception {
        assertEquals("alice", listener.authenticate(accessToken("kafka")).user());
        assertRejected("Token not active", accessToken("read"));
    }

    private static String example(String file) throws IOException {
        return Files.readString(Examples.directory("kafka").resolve(file));
    }

    private static void limitExp(String seconds) {
        String json = "{\"attributes\":{\"apiTokens.maxExpSeconds\":\"" + seconds + "\"}}";
        assertEquals(
                204,
                realm.admin("PUT", "/clients/" + scopes.uuid("kafka"), json).status());
    }

    private String newToken(String scope, Instant expiry) {
        String expiresAt = expiry == null ? "null" : "\"" + expiry + "\"";
        return realm.create(
                        alice, "{\"name\":\"kafka\",\"scopes\":[\"" + scope + "\"],\"expiresAt\":" + expiresAt + "}")
                .json()
                .path("token")
                .asText();
    }

    private static String accessToken(String scope) {
        return realm.call("POST", "/protocol/openid-connect/token")
                .form("grant_type=password&client_id=qa-hub-cli&username=alice&password=alice&scope=" + scope)
                .send()
                .json()
                .path("access_token")
                .asText();
    }

    private static void assertAbout(Instant expected, Session session) {
        long seconds = session.expiry() - expected.getEpochSecond();
        assertTrue(Math.abs(seconds) <= 5, session + " is " + seconds + " s from " + expected);
    }

    private static void assertRejected(String reason, String token) {
        SaslAuthenticationException rejection =
                assertThrows(SaslAuthenticationException.class, () -> listener.authenticate(token));
        assertTrue(rejection.getMessage().contains(reason), rejection::toString);
    }
}
