package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Apache in front of an API, with the module and the claims' headers that a subclass names: {@code examples/apache}. */
abstract class ApacheStory extends TokenStory {
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

    private final String module;
    private final String headers;
    private final Upstream upstream = Upstream.start();

    /**
     * Takes what a subclass is about.
     *
     * @param module the module's name, as after {@code mod_}
     * @param headers what the headers' names start with that tell the API of the token's claims
     */
    ApacheStory(String module, String headers) {
        this.module = module;
        this.headers = headers;
    }

    /** The realm's address as the module is to have it. */
    abstract String realmUrl(int tlsPort);

    @Override
    Service start() {
        Path work = Examples.workDirectory("mod_" + module);
        Commands.run(work, Map.of(), CERTIFICATE);
        int port = Service.freePort();
        int tlsPort = Service.freePort();
        Map<String, String> environment = environment(port);
        environment.put("API_URL", "http://" + upstream.address());
        environment.put("REALM_URL", realmUrl(tlsPort));
        environment.put("KEYCLOAK_URL", "http://" + keycloakAddress());
        environment.put("TLS_PORT", String.valueOf(tlsPort));
        environment.put("MODULES", MODULES);
        environment.put("MODULE", module);
        environment.put("WORK", work.toString());
        environment.put(
                "EXAMPLE",
                Examples.directory("apache").resolve("mod_" + module + ".conf").toString());
        return Service.start(port, work, environment, List.of(APACHE, "-DFOREGROUND", "-f", SURROUNDINGS.toString()));
    }

    @AfterAll
    void stopUpstream() {
        upstream.close();
    }

    @Test
    void theApiIsToldWhoCallsAndCannotBeLiedTo() {
        String token = newToken("read");
        int status = call("GET", "")
                .bearer(token)
                .header(headers + "username", "bob")
                .header(headers.replace('_', '-') + "username", "bob")
                .send()
                .status();
        assertEquals(200, status);
        assertEquals("alice", upstream.lastHeaders().getFirst(headers + "username"));
        assertEquals(1, upstream.lastHeaders().get(headers + "username").size());
        assertNull(upstream.lastHeaders().getFirst(headers.replace('_', '-') + "username"));
        assertFalse(upstream.lastHeadersAsText().contains(token));
    }

    @Test
    void aMethodThatNoScopeCoversIsForbidden() {
        assertRefused(
                403,
                challenges().missingScope(),
                call("PURGE", "").bearer(newToken("read\",\"write")).send());
    }
}
