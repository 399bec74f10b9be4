package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.token.BadTokenStrings;
import io.qahub.keycloak.apitokens.token.MadeUpTokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Anyone who has a token can view, revoke and report it. */
@Tag("container")
class SelfServiceIT {
    private static Realm realm;
    private static int addresses;

    private final String alice = realm.signIn("alice");

    @BeforeAll
    static void makeRealm() {
        realm = Realm.fresh("self-service");
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    /** The use by this test may be stored between two requests. */
    private static JsonNode withoutLastUse(JsonNode token) {
        return ((ObjectNode) token).without("lastUsedAt");
    }

    /** Keycloak treats an unknown address as external; a realm that requires HTTPS for those rejects it. */
    @Test
    void aCallerWhoseAddressIsUnknownIsServed() {
        long mark = Keycloak.get().logMark();
        realm.admin("PUT", "", "{\"realm\":\"self-service\",\"sslRequired\":\"none\"}");
        String token = realm.newToken(alice, "t").path("token").asText();
        for (Http call : List.of(
                realm.call("GET", "/api-tokens/self").bearer(token),
                realm.call("POST", Realm.OWN_ENDPOINT)
                        .basic("qa-hub-api", "qa-hub-api-secret")
                        .form("token=" + token),
                Gateway.asks(realm, "GET", "", token),
                realm.call("POST", "/api-tokens/revoke").form("token=" + token))) {
            assertEquals(200, call.header("X-Forwarded-For", "unknown").send().status());
        }
        assertFalse(realm.isActive(token));
        assertEquals(List.of(), Keycloak.get().stackTracesSince(mark));
    }

    @Test
    void aTokenReturnsTheSameMetadataAsItsOwnerSees() {
        JsonNode token = realm.newToken(alice, "mirror");
        Answer self = self("GET").bearer(token.path("token").asText()).send();
        assertEquals(200, self.status(), self.text());
        assertEquals("no-store", self.header("Cache-Control"));
        JsonNode owners = realm.list(alice, "/" + token.path("id").asText()).json();
        assertTrue(self.json().has("lastUsedAt"));
        assertEquals(withoutLastUse(owners), withoutLastUse(self.json()));
        assertEquals(
                self.json().path("id"),
                self("GET")
                        .basic("", token.path("token").asText())
                        .send()
                        .json()
                        .path("id"));
    }

    @Test
    void aTokenRevokesItself() {
        JsonNode token = realm.newToken(alice, "done");
        String secret = token.path("token").asText();
        assertEquals(204, self("DELETE").bearer(secret).send().status());
        assertFalse(realm.isActive(secret));
        assertRefused(self("DELETE").bearer(secret).send());
        assertRemoval(token, "the token itself");
    }

    @Test
    void anInactiveTokenIsRejected() {
        String secret = realm.newToken(alice, "good").path("token").asText();
        for (String method : List.of("GET", "DELETE")) {
            assertRefused(self(method).send());
            assertRefused(self(method).bearer(alice).send());
            assertRefused(self(method).bearer(MadeUpTokens.withPrefix("000000")).send());
            assertRefused(self(method)
                    .bearer(MadeUpTokens.withPrefix(secret.substring(3, 9)))
                    .send());
            assertRefused(self(method).basic(secret, "").send());
            assertRefused(self(method).bearer(secret).bearer(secret).send());
            assertRefused(realm.call(method, "/api-tokens/self?access_token=" + secret)
                    .send());
            assertRefused(
                    Realm.QA_HUB.call(method, "/api-tokens/self").bearer(secret).send());
        }
        String expired = expired();
        assertRefused(self("GET").bearer(expired).send());
        assertRefused(self("DELETE").bearer(expired).send());
        assertTrue(realm.isActive(secret));
    }

    @Test
    void aReportedTokenIsRevoked() {
        JsonNode token = realm.newToken(alice, "leaked");
        assertAccepted(report(token.path("token").asText()));
        assertFalse(realm.isActive(token.path("token").asText()));
        JsonNode seen = realm.list(alice, "/" + token.path("id").asText()).json();
        assertEquals("revoked", seen.path("status").asText());
        assertRemoval(token, "leak report");
    }

    @Test
    void aReportedExpiredTokenIsRevoked() {
        String expired = expired();
        assertAccepted(report(expired));
        assertEquals(
                "revoked",
                realm.list(alice, "?status=all&search=" + expired.substring(0, 9))
                        .json()
                        .path(0)
                        .path("status")
                        .asText());
    }

    @Test
    void aReportedTokenOfADisabledOwnerIsRevoked() {
        String user = realm.newUser("away");
        String bearer = realm.signIn("away");
        JsonNode token = realm.newToken(bearer, "t");
        realm.admin("PUT", "/users/" + user, "{\"enabled\":false}");
        assertAccepted(report(token.path("token").asText()));
        realm.admin("PUT", "/users/" + user, "{\"enabled\":true}");
        assertFalse(realm.isActive(token.path("token").asText()));
    }

    @Test
    void upToAHundredTokensAreReportedInOneCall() {
        List<String> good = List.of(
                realm.newToken(alice, "one").path("token").asText(),
                realm.newToken(alice, "two").path("token").asText());
        String[] tokens = new String[100];
        Arrays.fill(tokens, "qh_nonsense");
        tokens[0] = good.get(0);
        tokens[98] = good.get(1);
        tokens[99] = good.get(1);
        assertAccepted(report(tokens));
        good.forEach(token -> assertFalse(realm.isActive(token)));

        String spared = realm.newToken(alice, "the 101st").path("token").asText();
        BadRequestIT.refused(report(Collections.nCopies(101, spared).toArray(String[]::new)), 400, "invalid_request");
        assertTrue(realm.isActive(spared));
    }

    @Test
    void theResponseDoesNotRevealWhetherATokenWasValid() {
        JsonNode token = realm.newToken(alice, "known");
        String good = token.path("token").asText();
        String wrong = MadeUpTokens.withPrefix(good.substring(3, 9));
        String foreign = Realm.QA_HUB
                .newToken(Realm.QA_HUB.signIn("alice"), "elsewhere")
                .path("token")
                .asText();
        Answer unknown = report(MadeUpTokens.withPrefix("000000"));
        assertAccepted(unknown);
        for (String sent : List.of(wrong, foreign, "", "null", alice)) {
            assertSame(unknown, report(sent));
        }
        assertTrue(realm.isActive(good), "a wrong secret revoked the token");
        assertTrue(Realm.QA_HUB.isActive(foreign));
        assertSame(unknown, report(good));
        assertSame(unknown, report(good));
        BadTokenStrings.all().forEach(bad -> assertSame(unknown, report(bad)));
    }

    /** A replaced secret does not authorize a revocation; otherwise, anyone who has it could revoke the current token. */
    @Test
    void reportingAReplacedSecretRevokesNothing() {
        JsonNode token = realm.newToken(alice, "rotated");
        String renewed = realm.call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(alice)
                .json("{}")
                .send()
                .json()
                .path("token")
                .asText();
        assertAccepted(report(token.path("token").asText()));
        assertTrue(realm.isActive(renewed));
        assertAccepted(report(renewed));
        assertFalse(realm.isActive(renewed));
    }

    @Test
    void aReportWithoutTokensIsRejected() {
        String secret = realm.newToken(alice, "spared").path("token").asText();
        BadRequestIT.refused(report(), 400, "invalid_request");
        BadRequestIT.refused(post().form("other=" + secret).send(), 400, "invalid_request");
        BadRequestIT.refused(post().json("{\"token\":\"" + secret + "\"}").send(), 400, "invalid_request");
        BadRequestIT.refused(post("?token=" + secret).form("x=y").send(), 400, "invalid_request");
        assertTrue(realm.isActive(secret));
    }

    /** 300 tokens per minute; the test server trusts X-Forwarded-For. */
    @Test
    void anAddressThatReportsTooManyTokensReceives429() {
        String[] hundred = Collections.nCopies(100, "qh_nonsense").toArray(String[]::new);
        String address = nextAddress();
        for (int i = 0; i < 3; i++) {
            assertAccepted(reportFrom(address, hundred));
        }
        String secret = realm.newToken(alice, "too late").path("token").asText();
        Answer refused = reportFrom(address, secret);
        assertEquals(429, refused.status(), refused.text());
        assertEquals("60", refused.header("Retry-After"));
        assertTrue(realm.isActive(secret));
        assertEquals(429, self("GET", address).bearer(secret).send().status());
        assertAccepted(reportFrom(nextAddress(), secret));
        assertFalse(realm.isActive(secret));
    }

    private String expired() {
        Instant expiry = Instant.now().plusSeconds(1);
        String token = realm.create(
                        alice, "{\"name\":\"short\",\"scopes\":[\"read\"],\"expiresAt\":\"" + expiry + "\"}")
                .json()
                .path("token")
                .asText();
        Waits.until(expiry);
        return token;
    }

    private static Http self(String method) {
        return self(method, nextAddress());
    }

    private static Http self(String method, String address) {
        return realm.call(method, "/api-tokens/self").header("X-Forwarded-For", address);
    }

    private static Answer report(String... tokens) {
        return reportFrom(nextAddress(), tokens);
    }

    private static Answer reportFrom(String address, String... tokens) {
        String form = Arrays.stream(tokens)
                .map(token -> "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return realm.call("POST", "/api-tokens/revoke")
                .header("X-Forwarded-For", address)
                .form(form)
                .send();
    }

    private static Http post() {
        return post("");
    }

    private static Http post(String query) {
        return realm.call("POST", "/api-tokens/revoke" + query).header("X-Forwarded-For", nextAddress());
    }

    /** A private address, which does not require HTTPS. */
    private static synchronized String nextAddress() {
        addresses++;
        return "10.0.0." + addresses % 250;
    }

    private static void assertAccepted(Answer answer) {
        assertEquals(200, answer.status(), answer.text());
        assertEquals("{}", answer.text());
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    private static void assertSame(Answer expected, Answer answer) {
        assertEquals(expected.status(), answer.status());
        assertEquals(expected.text(), answer.text());
        assertEquals(
                expected.response().headers().map().keySet(),
                answer.response().headers().map().keySet());
    }

    private static void assertRefused(Answer answer) {
        BadRequestIT.refused(answer, 401, "invalid_token");
        assertEquals("Bearer error=\"invalid_token\"", answer.header("WWW-Authenticate"));
    }

    private static void assertRemoval(JsonNode token, String how) {
        JsonNode event = realm.admin("GET", "/events?max=1&type=REMOVE_CREDENTIAL", null)
                .json()
                .path(0);
        assertNotEquals("", event.path("userId").asText());
        assertEquals(token.path("prefix"), event.path("details").path("prefix"), event.toString());
        assertEquals(how, event.path("details").path("revoked_by").asText());
        assertFalse(event.toString().contains(token.path("token").asText().substring(10)));
    }
}
