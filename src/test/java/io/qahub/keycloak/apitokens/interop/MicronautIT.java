package io.qahub.keycloak.apitokens.interop;

import io.qahub.keycloak.apitokens.server.FreePort;
import java.nio.file.Path;

/** Micronaut Security with a token validator: {@code examples/micronaut}. */
class MicronautIT extends NetworkStory {
    @Override
    Service start() {
        Path jar = Examples.mvnPackage("micronaut", "micronaut.jar");
        int port = FreePort.find();
        return Service.start(
                port, Examples.workDirectory("micronaut"), environment(port), Commands.java("-jar", jar.toString()));
    }

    @Override
    int statusWithoutKeycloak() {
        return 503;
    }

    @Override
    Challenges challenges() {
        return new Challenges("Bearer", "Bearer error=\"invalid_token\"", "Bearer error=\"insufficient_scope\"");
    }
}
