package io.qahub.keycloak.apitokens.oidc.introspection;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Introspection responses (RFC 7662, section 2.2). */
final class IntrospectionResponses {
    private IntrospectionResponses() {}

    static Response inactive() {
        return of(Map.of("active", false));
    }

    static Response of(Map<String, Object> claims) {
        return Response.ok(claims, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
