package io.qahub.keycloak.apitokens.interop;

import io.qahub.keycloak.apitokens.server.FreePort;
import java.nio.file.Path;

/** Spring Security's opaque token support: {@code examples/api}. */
class SpringIT extends NetworkStory {
    @Override
    Service start() {
        Path jar = Examples.mvnPackage("api", "api.jar");
        int port = FreePort.find();
        return Service.start(
                port,
                Examples.workDirectory("api"),
                environment(port),
                Commands.java("-jar", jar.toString(), "--server.port=" + port));
    }

    @Override
    int statusWithoutKeycloak() {
        return 401;
    }

    @Override
    Challenges challenges() {
        return new Challenges(
                "Bearer resource_metadata=.*",
                "Bearer error=\"invalid_token\", error_description=\"Provided token isn't active\", .*",
                "Bearer error=\"insufficient_scope\", .*");
    }
}
