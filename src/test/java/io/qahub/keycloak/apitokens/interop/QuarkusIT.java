package io.qahub.keycloak.apitokens.interop;

import java.util.List;

/** Quarkus' OIDC extension in its default application type, service: {@code examples/quarkus}. */
class QuarkusIT extends TokenStory {
    @Override
    Service start() {
        Examples.mvnPackage("quarkus");
        int port = Service.freePort();
        String jar = Examples.directory("quarkus")
                .resolve("target/quarkus-app/quarkus-run.jar")
                .toString();
        return Service.start(
                port,
                Examples.workDirectory("quarkus"),
                environment(port),
                List.of(Examples.java(), "-Dquarkus.http.port=" + port, "-jar", jar));
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
