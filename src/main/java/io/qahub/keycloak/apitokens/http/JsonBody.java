package io.qahub.keycloak.apitokens.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.qahub.keycloak.apitokens.token.TokenString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

/** Parses JSON strictly. Responds with 400 to duplicate or unexpected fields and anything but one value. */
public final class JsonBody {
    private static final int MAX_BYTES = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private JsonBody() {}

    /** Parses {@code body}, which may contain only the given fields. */
    public static JsonNode read(InputStream body, Set<String> fields) {
        JsonNode json = parse(body);
        requireOnly(json, fields);
        return json;
    }

    /** As {@link #read}, but an empty body results in an object without fields. */
    public static JsonNode readOrEmpty(InputStream body, Set<String> fields) {
        byte[] bytes = bytes(body, MAX_BYTES);
        return bytes.length == 0 ? JSON.createObjectNode() : read(new ByteArrayInputStream(bytes), fields);
    }

    /** As {@link #read}, but shortens any string that contains a token string to {@code qh_<prefix>}. */
    public static JsonNode readWithoutSecrets(InputStream body, Set<String> fields) {
        return withoutSecrets(read(body, fields));
    }

    private static JsonNode withoutSecrets(JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(withoutSecrets(field.getValue())));
        } else if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutSecrets(array.get(i)));
            }
        } else if (json.isTextual()) {
            return TextNode.valueOf(TokenString.withoutSecret(json.textValue()));
        }
        return json;
    }

    /** Responds with 400 if {@code object} has other fields. */
    public static void requireOnly(JsonNode object, Set<String> fields) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            if (!fields.contains(names.next())) {
                throw OAuthError.invalidRequest(
                        "Only these fields can be set: " + String.join(", ", new TreeSet<>(fields)) + ".");
            }
        }
    }

    private static JsonNode parse(InputStream body) {
        JsonNode json = parse(bytes(body, MAX_BYTES));
        if (!json.isObject()) {
            throw OAuthError.invalidRequest("Send a JSON object, with Content-Type: application/json.");
        }
        return json;
    }

    /** Parses any JSON value. */
    public static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw OAuthError.invalidRequest("The body is not valid JSON.");
        } catch (IOException e) {
            throw OAuthError.invalidRequest("The body could not be read.");
        }
    }

    /** Reads a body; responds with 400 if it is longer than {@code max}. */
    public static byte[] bytes(InputStream body, int max) {
        try {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes(max + 1);
            if (bytes.length > max) {
                throw OAuthError.invalidRequest("The body must be at most " + max + " bytes long.");
            }
            return bytes;
        } catch (IOException e) {
            throw OAuthError.invalidRequest("The body could not be read.");
        }
    }
}
