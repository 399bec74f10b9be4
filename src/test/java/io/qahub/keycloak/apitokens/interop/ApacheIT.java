package io.qahub.keycloak.apitokens.interop;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Apache with mod_auth_openidc in front of an API: {@code examples/apache}. */
@Needs(
        files = {"/usr/bin/openssl", ApacheIT.APACHE, ApacheIT.MODULES + "/mod_auth_openidc.so"},
        packages = "openssl apache2 libapache2-mod-auth-openidc")
class ApacheIT extends ResourceServerStory {
    static final String APACHE = "/usr/sbin/apache2";
    static final String MODULES = "/usr/lib/apache2/modules";

    private static final Path SURROUNDINGS =
            Path.of("src/test/resources/interop/apache2.conf").toAbsolutePath();
    private static final List<String> CERTIFICATE = List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            "key.pem",
            "-out",
            "certificate.pem");

    private final Upstream upstream = Upstream.start();

    @Override
    Service start() {
        Path work = Examples.workDirectory("apache");
        Commands.run(work, CERTIFICATE);
        int port = Service.freePort();
        int tlsPort = Service.freePort();
        Map<String, String> environment = environment(port);
        environment.put("API_URL", "http://" + upstream.address());
        environment.put("REALM_URL", "https://localhost:" + tlsPort + QA_HUB.path(""));
        environment.put("KEYCLOAK_URL", "http://" + keycloakAddress());
        environment.put("TLS_PORT", String.valueOf(tlsPort));
        environment.put("MODULES", MODULES);
        environment.put("WORK", work.toString());
        environment.put(
                "EXAMPLE",
                Examples.directory("apache").resolve("api-tokens.conf").toString());
        return Service.start(port, work, environment, List.of(APACHE, "-DFOREGROUND", "-f", SURROUNDINGS.toString()));
    }

    @AfterAll
    void stopUpstream() {
        upstream.close();
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

    @Test
    void theApiIsToldWhoCallsAndCannotBeLiedTo() {
        String token = newToken("read");
        int status = call("GET", "")
                .bearer(token)
                .header("OIDC_CLAIM_username", "bob")
                .header("OIDC-CLAIM-username", "bob")
                .send()
                .status();
        assertEquals(200, status);
        assertEquals("alice", upstream.lastHeaders().getFirst("OIDC_CLAIM_username"));
        assertEquals(1, upstream.lastHeaders().get("OIDC_CLAIM_username").size());
        assertNull(upstream.lastHeaders().getFirst("OIDC-CLAIM-username"));
        assertFalse(upstream.lastHeaders().toString().contains(token));
    }

    @Test
    void aMethodThatNoScopeCoversIsForbidden() {
        assertRefused(
                403,
                challenges().missingScope(),
                call("PURGE", "").bearer(newToken("read\",\"write")).send());
    }
}
