package io.qahub.keycloak.apitokens.interop;

import io.qahub.keycloak.apitokens.server.FreePort;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Caddy with forward_auth: {@code examples/caddy}. */
@Needs(files = CaddyIT.CADDY, packages = "caddy")
class CaddyIT extends GatewayStory {
    static final String CADDY = "/usr/bin/caddy";

    @Override
    Service start() {
        Path work = Examples.workDirectory("caddy");
        int port = FreePort.find();
        Map<String, String> environment = new HashMap<>(gatewayEnvironment(port));
        environment.put("XDG_DATA_HOME", work.toString());
        environment.put("XDG_CONFIG_HOME", work.toString());
        String file = Examples.directory("caddy").resolve("Caddyfile").toString();
        return Service.start(port, work, environment, List.of(CADDY, "run", "--config", file));
    }

    @Override
    int statusWithoutKeycloak() {
        return 502;
    }
}
