package io.qahub.keycloak.apitokens.interop;

import io.qahub.keycloak.apitokens.server.FreePort;
import java.nio.file.Path;

/** Vert.x' OAuth2 provider: {@code examples/vertx}. */
class VertxIT extends TokenStory {
    @Override
    Service start() {
        Path jar = Examples.mvnPackage("vertx", "vertx.jar");
        int port = FreePort.find();
        return Service.start(
                port, Examples.workDirectory("vertx"), environment(port), Commands.java("-jar", jar.toString()));
    }

    @Override
    int statusWithoutKeycloak() {
        return 401;
    }

    @Override
    Challenges challenges() {
        return new Challenges("Bearer", "Bearer", "Bearer error=\"insufficient_scope\"");
    }
}
