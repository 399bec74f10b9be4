package io.qahub.keycloak.apitokens.introspect;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Introspection answers (RFC 7662, section 2.2). */
final class Answers {
    private static final JsonStringEncoder STRINGS = JsonStringEncoder.getInstance();

    private Answers() {}

    static Response inactive() {
        return of(Map.of("active", false));
    }

    /** Takes strings, arrays of them, numbers and booleans; the entity is bytes, as Keycloak's own answers are. */
    static Response of(Map<String, Object> claims) {
        return Response.ok(json(claims), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** Put together here: a mapper's buffers, new for each answer, take longer than its verification. */
    private static byte[] json(Map<String, Object> claims) {
        StringBuilder json = new StringBuilder(512);
        claims.forEach((name, value) -> {
            quote(json.append(json.isEmpty() ? '{' : ','), name);
            append(json.append(':'), value);
        });
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder json, Object value) {
        if (value instanceof String[] several) {
            for (int i = 0; i < several.length; i++) {
                append(json.append(i == 0 ? '[' : ','), several[i]);
            }
            json.append(several.length == 0 ? "[]" : "]");
        } else if (value instanceof String text) {
            quote(json, text);
        } else {
            json.append(value);
        }
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        if (isPlain(text)) {
            json.append(text);
        } else {
            STRINGS.quoteAsString(text, json);
        }
        json.append('"');
    }

    /** Returns whether nothing in {@code text} has to be escaped (RFC 8259, section 7), as hardly ever. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
