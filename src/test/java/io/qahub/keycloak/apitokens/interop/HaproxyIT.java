package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.server.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** HAProxy with a Lua script: {@code examples/haproxy}. */
@Needs(files = HaproxyIT.HAPROXY, packages = "haproxy")
class HaproxyIT extends GatewayStory {
    static final String HAPROXY = "/usr/sbin/haproxy";

    @Override
    Service start() {
        return start(FreePort.find(), Examples.directory("haproxy"), Examples.workDirectory("haproxy"));
    }

    @Override
    int statusWithoutKeycloak() {
        return 503;
    }

    /** After an error in Lua, HAProxy continues with the next rule. */
    @Test
    void requestsAreRejectedIfTheScriptFails() throws IOException {
        Path work = Examples.workDirectory("haproxy-failure");
        String configuration = Files.readString(Examples.directory("haproxy").resolve("haproxy.cfg"));
        Files.writeString(work.resolve("haproxy.cfg"), configuration.replace("abns@keycloak", "abns@unused"));
        Files.writeString(
                work.resolve("api-tokens.lua"),
                "core.register_action('authorize', { 'http-req' }, function(txn) error('failed on purpose') end)");
        try (Service haproxy = start(FreePort.find(), work, work)) {
            int status =
                    haproxy.call("GET", CASES).bearer(newToken("read")).send().status();
            assertEquals(503, status);
            assertNull(upstream.lastHeaders(), "the request was forwarded");
            assertTrue(haproxy.log().contains("failed on purpose"), haproxy.log());
        }
    }

    private Service start(int port, Path configuration, Path work) {
        Map<String, String> environment = new HashMap<>(gatewayEnvironment(port));
        environment.put("ADDRESS", ":" + port);
        return Service.start(
                port, work, environment, List.of(HAPROXY, "-db", "-C", configuration.toString(), "-f", "haproxy.cfg"));
    }
}
