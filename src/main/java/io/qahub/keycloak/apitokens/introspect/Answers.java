package io.qahub.keycloak.apitokens.introspect;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.keycloak.util.JsonSerialization;

/** Introspection answers (RFC 7662, section 2.2). */
final class Answers {
    private Answers() {}

    static Response inactive() {
        return of(Map.of("active", false));
    }

    /** Written here: on its way through JAX-RS a map takes longer than its verification. */
    static Response of(Map<String, Object> claims) {
        try {
            return Response.ok(JsonSerialization.writeValueAsBytes(claims), MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
