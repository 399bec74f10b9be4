package io.qahub.keycloak.apitokens.interop;

import io.qahub.keycloak.apitokens.server.FreePort;
import java.nio.file.Path;

/** Quarkus' OIDC extension in its default application type, service: {@code examples/quarkus}. */
class QuarkusIT extends TokenStory {
    @Override
    Service start() {
        Path jar = Examples.mvnPackage("quarkus", "quarkus-app/quarkus-run.jar");
        int port = FreePort.find();
        return Service.start(
                port,
                Examples.workDirectory("quarkus"),
                environment(port),
                Commands.java("-Dquarkus.http.port=" + port, "-jar", jar.toString()));
    }

    @Override
    int statusWithoutKeycloak() {
        return 401;
    }

    @Override
    Challenges challenges() {
        return new Challenges("Bearer", "Bearer", null);
    }
}
