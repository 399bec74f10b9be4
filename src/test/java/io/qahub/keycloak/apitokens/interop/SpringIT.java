package io.qahub.keycloak.apitokens.interop;

import java.util.List;

/** Spring Security's opaque token support: {@code examples/api}. */
class SpringIT extends TokenStory {
    @Override
    Service start() {
        Examples.mvnPackage("api");
        int port = Service.freePort();
        String jar = Examples.directory("api").resolve("target/api.jar").toString();
        return Service.start(
                port,
                Examples.workDirectory("api"),
                environment(port),
                List.of(Examples.java(), "-jar", jar, "--server.port=" + port));
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
