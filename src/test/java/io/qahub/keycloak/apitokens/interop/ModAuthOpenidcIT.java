package io.qahub.keycloak.apitokens.interop;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Apache with mod_auth_openidc. */
@Needs(
        files = {"/usr/bin/openssl", ApacheStory.APACHE, ApacheStory.MODULES + "/mod_auth_openidc.so"},
        packages = "openssl apache2 libapache2-mod-auth-openidc")
class ModAuthOpenidcIT extends ApacheStory {
    ModAuthOpenidcIT() {
        super("auth_openidc", "OIDC_CLAIM_");
    }

    @Override
    String realmUrl(int tlsPort) {
        return "https://localhost:" + tlsPort + QA_HUB.path("");
    }

    /** The module cannot state the caller's address when it introspects a token. */
    @Test
    void aTokenForCertainNetworksIsRejectedUnlessTheClientChecksNetworks() {
        assertRefused(401, challenges().badToken(), get(newToken("read", HERE)));
        assertRefused(401, challenges().badToken(), get(newToken("read", EVERY_KNOWN_ADDRESS)));
    }

    @Test
    void networksAreCheckedForAClientThatChecksThemItself() {
        Answer made = QA_HUB.admin("POST", "/clients", """
                {"clientId":"apache","secret":"apache-secret","defaultClientScopes":["api-tokens"],
                 "attributes":{"apiTokens.checksNetworks":"true"}}""");
        assertEquals(201, made.status(), made.text());
        Map<String, String> client = Map.of("CLIENT_ID", "apache", "CLIENT_SECRET", "apache-secret");
        try (Service apache = start("mod_auth_openidc-networks", client)) {
            assertEquals(200, status(apache, newToken("read")));
            assertEquals(200, status(apache, newToken("read", HERE)));
            assertEquals(200, status(apache, newToken("read", ELSEWHERE + "," + HERE)));
            assertEquals(200, status(apache, newToken("read", "\"0.0.0.0/0\",\"::1\"")));
            assertEquals(403, status(apache, newToken("read", ELSEWHERE)));
            assertEquals(403, status(apache, newToken("read", "\"2001:db8::/32\"")));
            int forged = apache.call("GET", CASES)
                    .bearer(newToken("read", ELSEWHERE))
                    .header("X-Forwarded-For", "203.0.113.7")
                    .header("OIDC_CLAIM_allowed_networks", "127.0.0.0/8")
                    .header("OIDC-CLAIM-allowed-networks", "127.0.0.0/8")
                    .send()
                    .status();
            assertEquals(403, forged);
            assertRefused(401, challenges().noToken(), apache.call("GET", CASES).send());
        }
    }

    private static int status(Service apache, String token) {
        return apache.call("GET", CASES).bearer(token).send().status();
    }

    @Override
    int statusWithoutKeycloak() {
        return 401;
    }

    @Override
    Challenges challenges() {
        return new Challenges(
                "Bearer error=\"invalid_request\", error_description=\"No bearer token found in the request\"",
                "Bearer error=\"invalid_token\", error_description=\"Reference token could not be introspected\"",
                null);
    }
}
