package io.qahub.keycloak.apitokens.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Access tokens that clients obtain with API tokens. */
record AccessTokens(Realm realm) {
    static final String TYPE = "urn:qahub:params:oauth:token-type:api-token";
    /** Parameters that the client of the account console requires. */
    static final String PKCE = "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final String ENDPOINT = "/protocol/openid-connect/token";

    /** Exchanges an API token as the client {@code qa-hub-api}. */
    Answer exchange(String token, String... more) {
        return exchangeAs("qa-hub-api", token, more);
    }

    /** Exchanges an API token as a client whose secret is its id with {@code -secret}; {@code more} are names and values. */
    Answer exchangeAs(String client, String token, String... more) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token", token,
                "subject_token_type", TYPE));
        return post(client, form, more);
    }

    /** Signs in with an API token at the direct grant. */
    Answer signIn(String client, String username, String token, String... more) {
        Map<String, String> form = new HashMap<>(Map.of("grant_type", "password", "password", token));
        if (username != null) {
            form.put("username", username);
        }
        return post(client, form, more);
    }

    Answer post(String client, Map<String, String> form, String... more) {
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return realm.call("POST", ENDPOINT)
                .basic(client, client + "-secret")
                .form(form)
                .send();
    }

    static String accessToken(Answer answer) {
        return answer.json().path("access_token").asText();
    }

    static JsonNode claims(String jwt) {
        try {
            return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a confidential client whose secret is its id with {@code -secret}. */
    void newClient(String client, String settings) {
        Answer made = realm.admin("POST", "/clients", """
                        {"clientId":"%1$s","secret":"%1$s-secret","publicClient":false,"standardFlowEnabled":false,%2$s}""".formatted(client, settings));
        if (made.status() != 201) {
            throw new AssertionError(made.text());
        }
    }
}
