package io.qahub.keycloak.apitokens.interop;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The results that requests with tokens for certain networks must have on a stack that states the caller's address. */
abstract class NetworkStory extends TokenStory {
    private static final String ADDRESS_ELSEWHERE = "203.0.113.7";

    @Test
    void aTokenIsAcceptedFromItsNetworks() {
        String token = newToken("read", HERE);
        assertEquals(200, get(token).status());
        assertRefused(403, challenges().missingScope(), post(token));
    }

    /** Documented as a test whether a stack states the address. */
    @Test
    void aTokenForEveryKnownAddressIsAccepted() {
        assertEquals(200, get(newToken("read", EVERY_KNOWN_ADDRESS)).status());
    }

    @Test
    void aTokenForOtherNetworksIsRejectedAndTheEventContainsTheAddress() {
        assertRefused(401, challenges().badToken(), get(newToken("read", ELSEWHERE)));
        JsonNode details = QA_HUB.admin("GET", "/events?max=1&type=INTROSPECT_TOKEN_ERROR", null)
                .json()
                .path(0)
                .path("details");
        assertEquals("address_not_allowed", details.path("reason").asText(), details.toString());
        assertTrue(
                List.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1")
                        .contains(details.path("caller_address").asText()),
                details.toString());
    }

    /** A token for other networks stays rejected, and one for the caller's networks stays accepted. */
    @Test
    void aCallerCannotForgeTheAddressThatCounts() {
        String elsewhere = newToken("read", ELSEWHERE);
        String here = newToken("read", HERE);
        for (String header : List.of(
                "X-Caller-Address",
                "X_Caller_Address",
                "X-Real-IP",
                "X-Forwarded-For",
                "X-Client-IP",
                "True-Client-IP")) {
            for (List<String> lines : List.of(
                    List.of(ADDRESS_ELSEWHERE),
                    List.of(ADDRESS_ELSEWHERE, ADDRESS_ELSEWHERE),
                    List.of("127.0.0.1", ADDRESS_ELSEWHERE),
                    List.of(ADDRESS_ELSEWHERE + ", 127.0.0.1"))) {
                assertForged(elsewhere, here, header, lines);
            }
        }
        assertForged(elsewhere, here, "Forwarded", List.of("for=" + ADDRESS_ELSEWHERE));
        assertForged(elsewhere, here, "Forwarded", List.of("for=" + ADDRESS_ELSEWHERE, "for=127.0.0.1"));
    }

    @Test
    void aCallerCannotForgeTheAddressWithTheQueryString() {
        String token = newToken("read", ELSEWHERE);
        for (String query : List.of(
                "?addressHeader=X-Forged&caller_address=" + ADDRESS_ELSEWHERE, "?apiTokens.addressHeader=X-Forged")) {
            Answer answer = call("GET", query)
                    .bearer(token)
                    .header("X-Forged", ADDRESS_ELSEWHERE)
                    .send();
            assertRefused(401, challenges().badToken(), answer);
        }
    }

    private void assertForged(String elsewhere, String here, String header, List<String> lines) {
        assertEquals(401, forged(elsewhere, header, lines).status(), header + ": " + lines);
        assertEquals(200, forged(here, header, lines).status(), header + ": " + lines);
    }

    private Answer forged(String token, String header, List<String> lines) {
        Http call = call("GET", "").bearer(token);
        lines.forEach(line -> call.header(header, line));
        return call.send();
    }
}
