package io.qahub.keycloak.apitokens.interop;

import io.qahub.keycloak.apitokens.server.FreePort;
import java.util.List;

/** A hook of Fastify with the npm package oauth4webapi: {@code examples/node/fastify.mjs}. */
class FastifyIT extends TokenStory {
    @Override
    Service start() {
        Examples.npmCi("node");
        int port = FreePort.find();
        String program = Examples.directory("node").resolve("fastify.mjs").toString();
        return Service.start(port, Examples.workDirectory("fastify"), environment(port), List.of("node", program));
    }

    @Override
    int statusWithoutKeycloak() {
        return 500;
    }

    @Override
    Challenges challenges() {
        return new Challenges("Bearer", "Bearer error=\"invalid_token\"", "Bearer error=\"insufficient_scope\"");
    }
}
