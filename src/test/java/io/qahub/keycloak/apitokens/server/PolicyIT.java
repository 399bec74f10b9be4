package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyIT {
    private static final String ALLOWED_CLIENTS = "\"apiTokens.allowedClients\":\"account-console qa-hub-cli timed\"";
    private static Realm realm;

    @BeforeAll
    static void make() {
        realm = Realm.fresh("policies");
    }

    @AfterAll
    static void remove() {
        realm.delete();
    }

    @AfterEach
    void reset() {
        policy("");
    }

    @Test
    void aMaximumLifetimeRequiresAnExpiryAndLimitsIt() {
        policy(",\"apiTokens.maxLifetimeDays\":\"7\"");
        refused(create(""), "within 7 days");
        refused(create(",\"expiresAt\":null"), "within 7 days");
        refused(createASecondTooLong(Duration.ofDays(7)), "within 7 days");
        assertEquals(201, create(expiry(Duration.ofDays(7).minusSeconds(1))).status());
        policy("");
        assertEquals(201, create("").status(), "a changed policy takes effect immediately");
    }

    private static Answer createASecondTooLong(Duration longest) {
        String bearer = realm.signIn("alice");
        return askASecondTooLong(longest, expiry -> create(bearer, "," + expiry));
    }

    private static Answer rotateASecondTooLong(String bearer, JsonNode token, Duration longest) {
        return askASecondTooLong(longest, expiry -> rotate(bearer, token, "{" + expiry + "}"));
    }

    /** Requests one second more than allowed; repeats the request if the response took longer than that second. */
    private static Answer askASecondTooLong(Duration longest, Function<String, Answer> question) {
        for (int attempt = 0; attempt < 10; attempt++) {
            Instant asked = Instant.now();
            Answer answer =
                    question.apply("\"expiresAt\":\"" + asked.plus(longest).plusSeconds(1) + "\"");
            if (Instant.now().isBefore(asked.plusSeconds(1))) {
                return answer;
            }
        }
        throw new AssertionError("no response within a second");
    }

    @Test
    void theDefaultLifetimeAppliesToRequestsWithoutAnExpiry() {
        policy(",\"apiTokens.defaultLifetimeDays\":\"30\"");
        String bearer = realm.signIn("alice");
        Instant asked = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt =
                Instant.parse(create(bearer, "").json().path("expiresAt").asText());
        assertFalse(expiresAt.isBefore(asked.plus(Duration.ofDays(30))));
        assertFalse(expiresAt.isAfter(Instant.now().plus(Duration.ofDays(30))));
        assertTrue(create(",\"expiresAt\":null").json().path("expiresAt").isNull());
        policy(",\"apiTokens.defaultLifetimeDays\":\"30\",\"apiTokens.maxLifetimeDays\":\"3\"");
        refusedAsWrong(create(""), "defaultLifetimeDays must be a whole number from 1 to 3");
        policy("");
        assertTrue(create("").json().path("expiresAt").isNull(), "without the attribute, there is no default lifetime");
    }

    @ParameterizedTest
    @CsvSource({
        "maxLifetimeDays,seven",
        "maxLifetimeDays,-1",
        "maxLifetimeDays,0",
        "maxLifetimeDays,1.5",
        "maxLifetimeDays,2147483648",
        "defaultLifetimeDays,x",
        "defaultLifetimeDays,0",
        "defaultLifetimeDays,-1",
        "reauthenticateSeconds,-1",
        "reauthenticateSeconds,soon",
        "reauthenticateSeconds,59",
        "idleDays,0",
        "idleDays,-1",
        "idleDays,ten",
        "keepInactiveDays,-3",
        "keepInactiveDays,long",
        "revokeOnPasswordChange,yes",
        "revokeOnPasswordChange,0",
        "revokeOnLogoutAll,yes",
        "notices,maybe",
        "recordAddress,1",
        "helpUrl,javascript:alert(1)"
    })
    void anInvalidPolicyPreventsCreation(String attribute, String value) {
        policy(",\"apiTokens." + attribute + "\":\"" + value + "\"");
        long mark = Keycloak.get().logMark();
        refusedAsWrong(create(""), attribute);
        String log = Keycloak.get().logSince(mark);
        assertTrue(log.contains("ERROR") && log.contains("The realm attribute apiTokens." + attribute), log);
    }

    @Test
    void anInvalidPolicyPreventsRotationButNotVerificationOrRevocation() {
        String bearer = realm.signIn("alice");
        JsonNode token = realm.newToken(bearer, "steady");
        policy(",\"apiTokens.maxLifetimeDays\":\"seven\"");
        refusedAsWrong(rotate(bearer, token, ""), "maxLifetimeDays");
        assertEquals(403, realm.list(bearer, "/policy").status());
        assertTrue(realm.isActive(token.path("token").asText()));
        assertEquals(200, realm.list(bearer, "").status());
        assertEquals(204, realm.revoke(bearer, token.path("id").asText()).status());
    }

    private static void refusedAsWrong(Answer answer, String attribute) {
        assertEquals(403, answer.status(), answer.text());
        assertTrue(answer.json().path("error_description").asText().contains("apiTokens." + attribute), answer.text());
    }

    @Test
    void aRotationKeepsTheExpiryUpToTheMaximumLifetime() {
        String bearer = realm.signIn("alice");
        JsonNode endless = realm.newToken(bearer, "endless");
        JsonNode soon = create(bearer, expiry(Duration.ofDays(2))).json();
        assertTrue(rotate(bearer, endless, "").json().path("expiresAt").isNull());
        policy(",\"apiTokens.maxLifetimeDays\":\"7\"");
        refused(rotate(bearer, endless, "{\"expiresAt\":null}"), "within 7 days");
        refused(rotateASecondTooLong(bearer, endless, Duration.ofDays(7)), "7 days");
        String inTime = expiry(Duration.ofDays(7).minusSeconds(1)).substring(1);
        assertEquals(200, rotate(bearer, endless, "{" + inTime + "}").status());
        assertEquals(soon.path("expiresAt"), rotate(bearer, soon, "").json().path("expiresAt"));
        Instant capped = Instant.parse(
                rotate(bearer, endless, "").json().path("expiresAt").asText());
        Duration off = Duration.between(Instant.now().plus(Duration.ofDays(7)), capped);
        assertTrue(off.abs().toMinutes() < 1, capped.toString());
    }

    @Test
    void anExpiredTokenIsRenewedUnderTheRulesForNewTokens() {
        String bearer = realm.signIn("alice");
        JsonNode token = create(bearer, expiry(Duration.ofSeconds(1))).json();
        Waits.until(Instant.parse(token.path("expiresAt").asText()));
        policy(",\"apiTokens.maxLifetimeDays\":\"7\"");
        refused(rotate(bearer, token, ""), "within 7 days");
        refused(rotate(bearer, token, "{\"expiresAt\":null}"), "within 7 days");
        refused(rotateASecondTooLong(bearer, token, Duration.ofDays(7)), "within 7 days");
        policy(",\"apiTokens.maxLifetimeDays\":\"7\",\"apiTokens.defaultLifetimeDays\":\"3\"");
        Answer renewed = rotate(bearer, token, "");
        assertEquals(200, renewed.status(), renewed.text());
        Instant expiresAt = Instant.parse(renewed.json().path("expiresAt").asText());
        assertTrue(expiresAt.isAfter(Instant.now().plus(Duration.ofDays(2))), renewed.text());
        assertTrue(expiresAt.isBefore(Instant.now().plus(Duration.ofDays(3))), renewed.text());
        assertTrue(realm.isActive(renewed.json().path("token").asText()));
    }

    private static Answer rotate(String bearer, JsonNode token, String body) {
        return realm.call("POST", "/api-tokens/" + token.path("id").asText() + "/rotate")
                .bearer(bearer)
                .json(body)
                .send();
    }

    @Test
    void onlyAccessTokensOfAllowedClientsMayCreateTokens() {
        realm.admin("PUT", "", "{\"realm\":\"policies\",\"attributes\":{\"apiTokens.allowedClients\":\"\"}}");
        refusedAsWrong(create(""), "allowedClients");
        realm.admin("PUT", "", "{\"realm\":\"policies\",\"attributes\":{\"apiTokens.allowedClients\":\",\"}}");
        refusedAsWrong(create(""), "allowedClients");
        realm.admin(
                "PUT",
                "",
                "{\"realm\":\"policies\",\"attributes\":{\"apiTokens.allowedClients\":\"account-console\"}}");
        refusedAsWrong(create(""), "allowedClients");
        realm.admin("PUT", "", "{\"realm\":\"policies\",\"attributes\":{}}");
        refusedAsWrong(create(""), "allowedClients");
        policy("");
        assertEquals(201, create("").status(), "a changed policy takes effect immediately");
    }

    @Test
    void anOldSignInIsChallengedToSignInAgain() {
        policy(",\"apiTokens.reauthenticateSeconds\":\"60\"");
        makeClientWithSignInTime();
        assertEquals(201, createWithSignInAge(Duration.ofSeconds(59)).status());
        Answer answer = createWithSignInAge(Duration.ofSeconds(61));
        assertEquals(401, answer.status(), answer.text());
        assertEquals(
                "insufficient_user_authentication", answer.json().path("error").asText());
        assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer error=\"insufficient_user_authentication\""));
        assertTrue(answer.header("WWW-Authenticate").contains("max_age=\"60\""));
        policy(",\"apiTokens.reauthenticateSeconds\":\"0\"");
        assertEquals(201, createWithSignInAge(Duration.ofDays(1)).status(), "0 accepts any age");
        policy("");
        assertEquals(201, createWithSignInAge(Duration.ofMinutes(59)).status(), "the default is one hour");
    }

    /** A direct grant's access token has no {@code auth_time} of its own, so that a mapper can set it. */
    private static void makeClientWithSignInTime() {
        new AccessTokens(realm).newClient("timed", "\"directAccessGrantsEnabled\":true,\"fullScopeAllowed\":true");
    }

    /** Repeats the request if the response took longer than a second. */
    private static Answer createWithSignInAge(Duration age) {
        for (int attempt = 0; attempt < 10; attempt++) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            Answer answer = create(signInAt(now.minus(age)), "");
            if (Instant.now().isBefore(now.plusSeconds(1))) {
                return answer;
            }
        }
        throw new AssertionError("no response within a second");
    }

    private static String signInAt(Instant time) {
        String mappers = "/clients/" + new Admins(realm).clientUuid("timed") + "/protocol-mappers/models";
        realm.admin("GET", mappers, null)
                .json()
                .findValuesAsText("id")
                .forEach(id -> realm.admin("DELETE", mappers + "/" + id, null));
        Answer made = realm.admin("POST", mappers, """
                {"name":"auth_time","protocol":"openid-connect","protocolMapper":"oidc-hardcoded-claim-mapper",
                 "config":{"claim.name":"auth_time","claim.value":"%d","jsonType.label":"long",
                 "access.token.claim":"true"}}""".formatted(time.getEpochSecond()));
        assertEquals(201, made.status(), made.text());
        return AccessTokens.accessToken(new AccessTokens(realm)
                .post(
                        "timed",
                        new HashMap<>(Map.of("grant_type", "password", "username", "alice", "password", "alice"))));
    }

    @Test
    void aNewPasswordRevokesTheTokensIfThePolicyRequiresIt() {
        String user = realm.newUser("changer");
        String token =
                realm.newToken(realm.signIn("changer"), "t").path("token").asText();
        String password = "{\"type\":\"password\",\"value\":\"changer\",\"temporary\":false}";
        realm.admin("PUT", "/users/" + user + "/reset-password", password);
        assertTrue(realm.isActive(token), "the default is false");
        policy(",\"apiTokens.revokeOnPasswordChange\":\"true\"");
        assertEquals(
                204,
                realm.admin("PUT", "/users/" + user + "/reset-password", password)
                        .status());
        assertFalse(realm.isActive(token));
        String other =
                realm.newToken(realm.signIn("changer"), "t").path("token").asText();
        policy(",\"apiTokens.revokeOnPasswordChange\":\"maybe\"");
        realm.admin("PUT", "/users/" + user + "/reset-password", password);
        assertFalse(realm.isActive(other), "an invalid value is treated as true");
    }

    @Test
    void theOwnerCanReadTheRulesForNewTokens() {
        policy(",\"apiTokens.maxLifetimeDays\":\"90\",\"apiTokens.helpUrl\":\"https://example.com/help\"");
        Answer answer = realm.list(realm.signIn("alice"), "/policy");
        assertEquals("https://example.com/help", answer.json().path("helpUrl").asText());
        assertEquals(90, answer.json().path("maxLifetimeDays").asInt(), answer.text());
        assertTrue(answer.json().path("defaultLifetimeDays").isNull());
        assertEquals(3600, answer.json().path("reauthenticateSeconds").asInt());
        assertTrue(answer.json().path("mayCreate").asBoolean());
        Instant latest = Instant.parse(answer.json().path("latestExpiry").asText());
        assertTrue(Duration.between(latest, Instant.now().plus(Duration.ofDays(90)))
                        .toMinutes()
                < 1);
        realm.admin(
                "PUT",
                "",
                "{\"realm\":\"policies\",\"attributes\":{\"apiTokens.allowedClients\":\"account-console\"}}");
        JsonNode unbound = realm.list(realm.signIn("alice"), "/policy").json();
        assertTrue(unbound.path("latestExpiry").isNull());
        assertTrue(unbound.path("helpUrl").isNull());
        assertFalse(unbound.path("mayCreate").asBoolean(true));
    }

    private static String expiry(Duration fromNow) {
        return ",\"expiresAt\":\"" + Instant.now().plus(fromNow) + "\"";
    }

    private static void policy(String more) {
        assertEquals(
                204,
                realm.admin("PUT", "", "{\"realm\":\"policies\",\"attributes\":{" + ALLOWED_CLIENTS + more + "}}")
                        .status());
    }

    private static Answer create(String more) {
        return create(realm.signIn("alice"), more);
    }

    private static Answer create(String bearer, String more) {
        return realm.create(bearer, "{\"name\":\"ci\",\"scopes\":[\"read\"]" + more + "}");
    }

    private static void refused(Answer answer, String says) {
        assertEquals(400, answer.status(), answer.text());
        assertTrue(answer.json().path("error_description").asText().contains(says), answer.text());
    }
}
