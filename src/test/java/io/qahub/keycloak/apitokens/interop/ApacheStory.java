package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.qahub.keycloak.apitokens.server.FreePort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Apache in front of an API, with the module of a subclass: {@code examples/apache}. */
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
     * Creates the test for a module.
     *
     * @param module the name of the module, without {@code mod_}
     * @param headers the prefix of the names of the headers that contain the token's claims
     */
    ApacheStory(String module, String headers) {
        this.module = module;
        this.headers = headers;
    }

    /** Returns the realm's URL as configured for the module. */
    abstract String realmUrl(int tlsPort);

    @Override
    Service start() {
        return start("mod_" + module, Map.of());
    }

    /** Starts Apache in a work directory of its own, with other values of some environment variables. */
    final Service start(String directory, Map<String, String> overrides) {
        Path work = Examples.workDirectory(directory);
        Commands.run(work, Map.of(), CERTIFICATE);
        int port = FreePort.find();
        int tlsPort = FreePort.find();
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
        environment.put("DIRECTORY", Examples.directory("apache").toString());
        environment.putAll(overrides);
        return Service.start(port, work, environment, List.of(APACHE, "-DFOREGROUND", "-f", SURROUNDINGS.toString()));
    }

    @AfterAll
    void stopUpstream() {
        upstream.close();
    }

    @Test
    void theApiReceivesTheOwnerAndACallerCannotForgeIt() {
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
    void aMethodThatNoScopeAllowsIsForbidden() {
        assertRefused(
                403,
                challenges().missingScope(),
                call("PURGE", "").bearer(newToken("read\",\"write")).send());
    }
}
