package io.qahub.keycloak.apitokens.server;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The demo realm without its second API, its organization and the client of qh-token, of which the test realms are copies. It
 * has keys of the kinds that Keycloak would generate, but the same RSA key in all realms, because a test server would need
 * seconds to generate one.
 */
final class DemoRealm {
    private static final Path FILE = Path.of("src/demo/qa-hub-realm.json");
    private static final Set<String> NOT_COPIED = Set.of("reports-api", "qh-token");

    /** Ids of flows are unique across realms. */
    private static final String FLOW = "5a1f4c1e-6f0b-4f43-9f0e-0d6c5b1b7a21";

    private static final String KEYS = """
            "components":{"org.keycloak.keys.KeyProvider":[
              {"name":"rsa","providerId":"rsa",
               "config":{"priority":["100"],"algorithm":["RS256"],"privateKey":["%1$s"]}},
              {"name":"rsa-enc","providerId":"rsa-enc",
               "config":{"priority":["100"],"algorithm":["RSA-OAEP"],"privateKey":["%1$s"]}},
              {"name":"hmac","providerId":"hmac-generated","config":{"priority":["100"],"algorithm":["HS512"]}},
              {"name":"aes","providerId":"aes-generated","config":{"priority":["100"]}}]},""".formatted(newRsaKey());

    private DemoRealm() {}

    /** Returns the realm as JSON with another name, without scopes or organizations, which tests define themselves. */
    static String json(String name) {
        ObjectNode realm = read(name);
        realm.remove(List.of("organizationsEnabled", "organizations", "roles", "scopeMappings", "clientScopeMappings"));
        ((ObjectNode) realm.path("attributes")).put("apiTokens.allowedClients", "account-console, qa-hub-cli");
        removeIf(realm.path("clientScopes"), scope -> scope.at("/attributes").has("apiTokens.grantable"));
        removeIf(
                realm.path("clients"),
                client -> NOT_COPIED.contains(client.path("clientId").asText()));
        realm.path("users")
                .forEach(user ->
                        removeIf(user.path("realmRoles"), role -> !role.asText().startsWith("default-roles-")));
        return realm.toString();
    }

    /** Returns the whole realm as JSON with another name. */
    static String complete(String name) {
        return read(name).toString();
    }

    private static void removeIf(JsonNode array, Predicate<JsonNode> condition) {
        for (Iterator<JsonNode> elements = array.elements(); elements.hasNext(); ) {
            if (condition.test(elements.next())) {
                elements.remove();
            }
        }
    }

    private static ObjectNode read(String name) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(name));
        try {
            ObjectNode realm = (ObjectNode) new ObjectMapper()
                    .readTree(Files.readString(FILE)
                            .replaceFirst("\\{", "{" + KEYS)
                            .replace("\"realm\": \"qa-hub\"", "\"realm\": \"" + quoted + "\"")
                            .replace("default-roles-qa-hub", "default-roles-" + quoted)
                            .replace(FLOW, UUID.randomUUID().toString()));
            BuiltInScopes.addTo(realm);
            return realm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a private key in PKCS #8 as Base64. */
    private static String newRsaKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
