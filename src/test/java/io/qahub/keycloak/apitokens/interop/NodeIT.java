package io.qahub.keycloak.apitokens.interop;

import io.qahub.keycloak.apitokens.server.FreePort;
import java.util.List;

/** A Node server with the npm package oauth4webapi: {@code examples/node}. */
class NodeIT extends NetworkStory {
    @Override
    Service start() {
        Examples.npmCi("node");
        int port = FreePort.find();
        String program = Examples.directory("node").resolve(program()).toString();
        return Service.start(port, Examples.workDirectory("node"), environment(port), List.of("node", program));
    }

    String program() {
        return "server.mjs";
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
