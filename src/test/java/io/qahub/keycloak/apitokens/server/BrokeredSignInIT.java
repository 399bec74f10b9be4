package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Users who sign in with an identity provider. If Keycloak does not pass {@code max_age} to it, their return counts as a
 * sign-in, although the provider may not have asked for a password; docs/policies.md says so.
 */
class BrokeredSignInIT {
    private static final int MAX_AGE = 1;
    private static Realm realm;
    private static Realm provider;
    private static int users;
    private String user;

    @BeforeAll
    static void makeRealms() {
        realm = Realm.fresh("brokered");
        provider = Realm.fresh("brokered-provider");
        assertEquals(201, provider.admin("POST", "/clients", """
                {"clientId":"relying-party","secret":"relying-party-secret","redirectUris":["*"]}""").status());
    }

    @AfterAll
    static void deleteRealms() {
        realm.delete();
        provider.delete();
    }

    @BeforeEach
    void makeUser() {
        user = "brokered" + users++;
        provider.newUser(user);
    }

    @Test
    void withoutMaxAgeTheReturnFromTheProviderIsASignIn() {
        passMaxAge(false);
        LoginPages pages = signIn();
        Instant signedIn = authTime(pages.accessToken());
        Waits.until(signedIn.plusSeconds(MAX_AGE + 1));
        String bearer = reauthenticate(pages).accessToken();
        assertTrue(authTime(bearer).isAfter(signedIn));
        assertEquals(201, create(bearer).status());
    }

    @Test
    void withMaxAgeTheProviderAsksForThePassword() {
        passMaxAge(true);
        LoginPages pages = signIn();
        Instant signedIn = authTime(pages.accessToken());
        Waits.until(signedIn.plusSeconds(MAX_AGE + 1));
        assertFalse(reauthenticate(pages).isSignedIn(), "without a password");
        pages.submit(Map.of("username", user, "password", user));
        String bearer = pages.accessToken();
        assertTrue(authTime(bearer).isAfter(signedIn));
        assertEquals(201, create(bearer).status());
    }

    /** As the account console does it. */
    private static LoginPages reauthenticate(LoginPages pages) {
        return pages.open("&kc_idp_hint=provider&max_age=" + MAX_AGE);
    }

    private LoginPages signIn() {
        LoginPages pages = LoginPages.open(realm, "&kc_idp_hint=provider");
        return pages.submit(Map.of("username", user, "password", user));
    }

    private static Instant authTime(String bearer) {
        JsonNode claims = AccessTokens.claims(bearer);
        assertTrue(claims.has("auth_time"), claims.toString());
        return Instant.ofEpochSecond(claims.path("auth_time").asLong());
    }

    private static Answer create(String bearer) {
        return realm.create(bearer, "{\"name\":\"ci\",\"scopes\":[\"read\"]}");
    }

    private static void passMaxAge(boolean isPassed) {
        realm.admin("DELETE", "/identity-provider/instances/provider", null);
        String url = provider.server().url() + provider.path("");
        Answer made = realm.admin("POST", "/identity-provider/instances", """
                {"alias":"provider","providerId":"oidc","enabled":true,"config":{
                 "issuer":"%1$s","authorizationUrl":"%1$s/protocol/openid-connect/auth",
                 "tokenUrl":"%1$s/protocol/openid-connect/token","jwksUrl":"%1$s/protocol/openid-connect/certs",
                 "useJwksUrl":"true","validateSignature":"true","clientId":"relying-party","clientSecret":"relying-party-secret",
                 "clientAuthMethod":"client_secret_post","defaultScope":"openid profile email","passMaxAge":"%2$b"}}""".formatted(url, isPassed));
        assertEquals(201, made.status(), made.text());
    }
}
