package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.OtherOrigin.APP;
import static io.qahub.keycloak.apitokens.server.OtherOrigin.assertReadable;
import static io.qahub.keycloak.apitokens.server.OtherOrigin.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.OtherOrigin.Call;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of another origin calls the owner's resource with the access token of its client. */
class CorsIT {
    private static final String CI = "{\"name\":\"ci\",\"scopes\":[\"read\"]}";
    private static Realm realm;
    private static OtherOrigin page;
    private final String alice = realm.signIn("alice", "spa");

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("cross-origin");
        page = new OtherOrigin(realm);
        page.newClient("spa", "");
        page.allow("spa");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/some-id", "/some-id/rotate", "/some-id/previous-secret", "/policy"})
    void aPreflightRequestIsAnswered(String path) {
        Answer answer = realm.call("OPTIONS", "/api-tokens" + path)
                .header("Origin", APP)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization, content-type")
                .send();
        assertEquals(200, answer.status(), answer.text());
        assertEquals(APP, answer.header("Access-Control-Allow-Origin"));
        assertTrue(list(answer, "Access-Control-Allow-Methods").containsAll(Set.of("get", "post", "patch", "delete")));
        assertTrue(list(answer, "Access-Control-Allow-Headers")
                .containsAll(Set.of("authorization", "content-type", "idempotency-key")));
    }

    @Test
    void aPageReadsTheResponseAndItsHeaders() {
        Answer created = page.call("POST", "", alice, CI);
        assertReadable(201, created);
        assertReadable(200, page.call("GET", "", alice, null));
        assertReadable(204, page.call("DELETE", "/" + created.json().path("id").asText(), alice, null));
    }

    @Test
    void anotherOriginIsRefusedBeforeAnythingChanges() {
        JsonNode token = realm.newToken(alice, "t");
        String before = realm.list(alice, "").text();
        for (String origin : List.of("https://evil.example", "null", APP + ".evil.example")) {
            for (Call call : OtherOrigin.calls("/" + token.path("id").asText())) {
                Answer answer = page.from(origin, call, alice);
                BadRequestIT.refused(answer, 403, "access_denied");
                assertNull(answer.header("Access-Control-Allow-Origin"));
            }
        }
        assertTrue(realm.isActive(token.path("token").asText()));
        assertEquals(before, realm.list(alice, "").text());
    }

    @Test
    void keycloaksOwnOriginNeedsNoEntry() {
        Answer answer = realm.call("GET", "/api-tokens")
                .bearer(alice)
                .header("Origin", realm.server().url())
                .send();
        assertEquals(200, answer.status(), answer.text());
    }

    @Test
    void withoutAnAccessTokenOfTheRealmNoPageReadsTheResponse() {
        for (String bearer :
                List.of("x", Realm.QA_HUB.signIn("alice"), alice.substring(0, alice.length() - 9) + "AAAAAAAAA")) {
            Answer answer = page.call("GET", "", bearer, null);
            assertEquals(401, answer.status(), answer.text());
            assertNull(answer.header("Access-Control-Allow-Origin"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/introspect", "/self", "/revoke"})
    void endpointsForProgramsAnswerNoPreflightRequest(String path) {
        Answer answer = realm.call("OPTIONS", "/api-tokens" + path)
                .header("Origin", APP)
                .header("Access-Control-Request-Method", "POST")
                .send();
        assertEquals(405, answer.status());
        assertNull(answer.header("Access-Control-Allow-Origin"));
    }
}
