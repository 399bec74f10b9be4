package io.qahub.keycloak.apitokens.bench;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.Config;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.protocol.oidc.TokenIntrospectionProviderFactory;

/**
 * The upper bound of the throughput: {@code token_type_hint=constant} at the standard endpoint, which authenticates the
 * client and then returns a constant as long as the response for an API token. Packaged in a separate JAR.
 */
public class ConstantIntrospectionFactory implements TokenIntrospectionProviderFactory, TokenIntrospectionProvider {
    private static final String ANSWER = """
            {"active":true,"sub":"4f5d0b1c-9d70-4a6e-8d3b-6f6d6d8f3b0a","username":"owner-000","scope":"read write",\
            "token_type":"Bearer","iat":1790000000,"iss":"http://localhost:8080/realms/qa-hub","aud":"qa-hub-api",\
            "jti":"4f5d0b1c-9d70-4a6e-8d3b-6f6d6d8f3b0a","prefix":"abc123"}""";

    @Override
    public Response introspect(String token, EventBuilder event) {
        return Response.ok(ANSWER, MediaType.APPLICATION_JSON_TYPE).build();
    }

    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "constant";
    }
}
