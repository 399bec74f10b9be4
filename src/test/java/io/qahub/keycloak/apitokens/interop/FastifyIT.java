package io.qahub.keycloak.apitokens.interop;

/** The same with a hook of Fastify: {@code examples/node/fastify.mjs}. */
class FastifyIT extends NodeIT {
    @Override
    String program() {
        return "fastify.mjs";
    }

    @Override
    int statusWithoutKeycloak() {
        return 500;
    }
}
