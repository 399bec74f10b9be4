package io.qahub.keycloak.apitokens.server;

import static io.qahub.keycloak.apitokens.server.Realm.OWN_ENDPOINT;
import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static io.qahub.keycloak.apitokens.server.Realm.STANDARD_ENDPOINT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.StockRequests.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tokens other than API tokens at the standard endpoints, compared to a Keycloak without the jar. */
@Tag("lifecycle")
class StockResponsesIT {
    private static Keycloak stockServer;
    private static Realm stock;

    @BeforeAll
    static void startKeycloakWithoutTheJar() {
        stockServer = Keycloak.withoutJar();
        stock = new Realm(stockServer, QA_HUB.name());
    }

    @AfterAll
    static void stopIt() {
        stockServer.close();
    }

    @Test
    void theStockServerHasNoneOfOurEndpoints() {
        assertEquals(404, stock.introspect(OWN_ENDPOINT, "any").status());
    }

    @TestFactory
    Stream<DynamicTest> aRequestWithoutAnApiTokenHasTheSameResponseAsWithoutTheJar() {
        return compared(StockRequests.to(stock), StockRequests.to(QA_HUB));
    }

    @TestFactory
    Stream<DynamicTest> theRevocationOfAnotherTokenHasTheSameResponseAsWithoutTheJar() {
        return compared(StockRevocations.to(stock), StockRevocations.to(QA_HUB));
    }

    private static Stream<DynamicTest> compared(Map<String, Request> atStock, Map<String, Request> atOurs) {
        assertEquals(atStock.keySet(), atOurs.keySet());
        return atStock.entrySet().stream()
                .map(request -> DynamicTest.dynamicTest(
                        request.getKey(),
                        () -> assertEquals(
                                request.getValue().answer(),
                                atOurs.get(request.getKey()).answer())));
    }

    @TestFactory
    Stream<DynamicTest> theTableContainsActiveInactiveAndRejectedRequests() {
        Map<String, Request> requests = StockRequests.to(stock);
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("access token, no hint", "\"active\":true");
        expected.put("refresh token, hint refresh_token", "\"active\":true");
        expected.put("garbage, no hint", "{\"active\":false}");
        expected.put("access token, hint unknown", "400");
        expected.put("access token, wrong client secret", "401");
        expected.put("access token, public client", "403");
        expected.put("access token, Accept application/jwt, allowed", "\"jwt\":");
        return expected.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    String answer = requests.get(e.getKey()).answer();
                    assertTrue(answer.contains(e.getValue()), answer);
                }));
    }

    /** RFC 7662, section 2.1: the server must find a token despite a wrong hint, so no hint affects API tokens. */
    @Test
    void anApiTokenIsIntrospectedWithEveryHintThatKeycloakSupports() {
        String token =
                QA_HUB.newToken(QA_HUB.signIn("alice"), "hinted").path("token").asText();
        String ours = QA_HUB.introspect(OWN_ENDPOINT, token).text();
        assertTrue(ours.contains("\"active\":true") && ours.contains("\"prefix\""), ours);
        for (String hint : List.of("access_token", "refresh_token", "api_token")) {
            assertEquals(ours, QA_HUB.introspect(STANDARD_ENDPOINT, token, hint).text(), hint);
        }
        assertEquals(400, QA_HUB.introspect(STANDARD_ENDPOINT, token, "unknown").status());
    }

    /** Keycloak's own introspection reports an API token as inactive, so an active result always comes from the provider. */
    @Test
    void keycloaksOwnIntrospectionReportsAnApiTokenAsInactive() {
        String token = QA_HUB.newToken(QA_HUB.signIn("alice"), "not yours")
                .path("token")
                .asText();
        for (String hint : List.of("access_token", "refresh_token")) {
            assertEquals(
                    "{\"active\":false}",
                    stock.introspect(STANDARD_ENDPOINT, token, hint).text(),
                    hint);
        }
        assertEquals(
                Set.of(400),
                Set.of(stock.introspect(STANDARD_ENDPOINT, token, "api_token").status()));
    }
}
