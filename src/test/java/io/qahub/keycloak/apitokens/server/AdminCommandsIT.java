package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Admins.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands in docs/admins.md have the documented effect. */
class AdminCommandsIT {
    private static final Path PAGE = Path.of("docs/admins.md");

    @TempDir
    private static Path home;

    private static Kcadm kcadm;

    private Realm realm;
    private JsonNode leaked;
    private JsonNode nightly;
    private JsonNode bobs;
    private Map<String, String> outputs;

    @BeforeAll
    static void startKcadm() {
        kcadm = Kcadm.inOneJvm(home);
    }

    @AfterAll
    static void stopKcadm() {
        kcadm.close();
    }

    @BeforeEach
    void makeTokens() {
        realm = Realm.fresh("documented");
        realm.admin("PUT", "/events/config", "{\"adminEventsEnabled\":true}");
        leaked = realm.newToken(realm.signIn("alice"), "laptop");
        nightly = realm.newToken(realm.signIn("alice"), "nightly build");
        bobs = realm.newToken(realm.signIn("bob"), "deploy");
    }

    @AfterEach
    void deleteRealm() {
        realm.delete();
    }

    private void run(String section) {
        run(section, kcadm);
    }

    private void run(String section, Kcadm program) {
        outputs = DocumentedCommands.of(PAGE)
                .replace("http://localhost:8080", realm.server().url())
                .replace("=qa-hub", "=" + realm.name())
                .replace("qh_k3x9f2", "qh_" + leaked.path("prefix").asText())
                .run(section, program);
    }

    @Test
    void theCommandsForAnIncidentWork() {
        run("Incident");
        assertEquals("laptop", json("status=all").get(0).path("name").asText());
        assertEquals("revoked", json("status,revokedAt").path("status").asText());
        assertEquals(1, revoked("{\"user\":\"'$OWNER'\",\"dryRun\":true}"));
        assertEquals(1, revoked("{\"user\":\"'$OWNER'\"}"));
        assertEquals(1, revoked("{\"all\":true,\"dryRun\":true}"));
        assertEquals(1, revoked("{\"all\":true}"));
        for (JsonNode token : List.of(leaked, nightly, bobs)) {
            assertFalse(realm.isActive(token(token)));
        }
        JsonNode events = json("admin-events");
        assertEquals("api-tokens/revoke", events.get(0).path("resourcePath").asText());
        assertTrue(events.findValuesAsText("operationType").containsAll(List.of("ACTION", "DELETE")));
        assertFalse(events.findValuesAsText("userId").isEmpty());
    }

    @Test
    void theCommandsForStaleTokensWork() {
        Instant longAgo = Instant.now().minus(Duration.ofDays(200));
        Database.get().setTime(nightly.path("prefix").asText(), "CREATED_AT", longAgo);
        run("Routine");
        String page = output("-o 0 -l 20");
        assertTrue(page.contains("X-Total-Count: 3"), page);
        assertEquals(List.of("nightly build"), names("search=nightly"));
        assertEquals(2, json("user=alice").size());
        assertEquals(3, json("scope=write").size());
        assertEquals(0, json("status=expired").size());
        assertTrue(json("status=revoked").isArray());
        assertEquals(3, json("-q neverUsed=true").size());
        assertEquals(List.of("nightly build"), names("notUsedForDays=90"));
        assertEquals(0, json("expiresWithinDays").size());
        assertEquals(1, revoked("180},\"dryRun\":true"));
        assertEquals(1, revoked("180}}"));
        assertEquals(1, revoked("\"bob\""));
        assertEquals(1, revoked("\"ids\""));
        for (JsonNode token : List.of(leaked, nightly, bobs)) {
            assertFalse(realm.isActive(token(token)));
        }
    }

    @Test
    void theCommandsForServiceAccountsWork() {
        run("Tokens for service accounts");
        assertTrue(json("api-tokens/policy").path("maxLifetimeDays").isNull());
        String token = json("weekly report").path("token").asText();
        assertTrue(realm.isActive(token));
        assertEquals(
                "report-exporter",
                json("user=service-account").get(0).path("client").asText());
    }

    @Test
    void theCommandsForScopesWork() {
        run("Scopes");
        JsonNode write = json("api-tokens/scopes").findParents("name").stream()
                .filter(scope -> scope.path("name").asText().equals("write"))
                .filter(scope -> scope.path("tokens").asInt() == 3)
                .findFirst()
                .orElseThrow();
        assertTrue(write.path("grantable").asBoolean(), write.toString());
        assertEquals(3, revoked("\"scope\":\"write\""));
    }

    /** Uses the script of the distribution, which starts a JVM per command. */
    @Test
    void theCommandsForThePolicyWork() {
        run("The policy", Kcadm.script(home));
        Answer answer = realm.admin("GET", "", null);
        assertEquals(
                "365",
                answer.json()
                        .path("attributes")
                        .path("apiTokens.maxLifetimeDays")
                        .asText());
        assertEquals(
                "90",
                answer.json().path("attributes").path("apiTokens.idleDays").asText());
        JsonNode token = realm.newToken(realm.signIn("alice"), "bounded");
        assertFalse(token.path("expiresAt").isNull(), token.toString());
        assertTrue(json("get realms/").has("attributes"));
    }

    private int revoked(String part) {
        return json(part).path("revoked").asInt(-1);
    }

    private List<String> names(String part) {
        return json(part).findValuesAsText("name");
    }

    private JsonNode json(String part) {
        try {
            return new ObjectMapper().readTree(output(part));
        } catch (IOException e) {
            throw new IllegalStateException(part + " printed " + output(part), e);
        }
    }

    /** Returns the output of the only command that contains this text. */
    private String output(String part) {
        List<String> commands = outputs.keySet().stream()
                .filter(c -> c.contains(part) && c.startsWith("kcadm"))
                .toList();
        assertEquals(1, commands.size(), part + " in " + outputs.keySet());
        return outputs.get(commands.get(0));
    }
}
