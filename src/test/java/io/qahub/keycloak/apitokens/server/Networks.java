package io.qahub.keycloak.apitokens.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Tokens with allowed networks in a realm of their own, and calls that state the caller's address. */
public record Networks(Realm realm) {
    /** The network of most tokens. */
    public static final String NETWORK = "10.0.0.0/8";

    /** An address in this network. */
    public static final String INSIDE = "10.1.2.3";

    /** An address outside of it. */
    public static final String OUTSIDE = "192.0.2.1";

    /** The header in which the gateway {@code qa-hub-api} sends the caller's address. */
    static final String HEADER = "X-Caller-Address";

    static final String INACTIVE = "{\"active\":false}";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Creates a realm that stores the events of all endpoints and accepts HTTP from every address. */
    public static Networks fresh(Keycloak server, String name) {
        Networks networks = new Networks(Realm.fresh(server, name));
        networks.realm.admin("PUT", "/events/config", """
                {"eventsEnabled":true,"enabledEventTypes":["UPDATE_CREDENTIAL","REMOVE_CREDENTIAL","INTROSPECT_TOKEN",
                 "INTROSPECT_TOKEN_ERROR","TOKEN_EXCHANGE","TOKEN_EXCHANGE_ERROR","LOGIN","LOGIN_ERROR"]}""");
        networks.update(networks.object().put("sslRequired", "none"));
        networks.nameHeader(HEADER);
        return networks;
    }

    static Networks fresh(String name) {
        return fresh(Keycloak.get(), name);
    }

    /** Sets the allowed networks of the realm; null for none. */
    public void allow(String value) {
        setPolicy("apiTokens.allowedNetworks", value);
    }

    /** Sets one attribute of the policy and removes all others. */
    void setPolicy(String attribute, String value) {
        ObjectNode attributes = JSON.createObjectNode().put("apiTokens.allowedClients", "account-console qa-hub-cli");
        if (value != null) {
            attributes.put(attribute, value);
        }
        update(object().set("attributes", attributes));
    }

    /** Sets the header in which the gateway {@code qa-hub-api} sends the caller's address; empty for none. */
    void nameHeader(String name) {
        ObjectNode client = JSON.createObjectNode();
        client.putObject("attributes").put("apiTokens.addressHeader", name);
        String id = new Admins(realm).clientUuid("qa-hub-api");
        assertEquals(
                204, realm.admin("PUT", "/clients/" + id, client.toString()).status());
    }

    private ObjectNode object() {
        return JSON.createObjectNode().put("realm", realm.name());
    }

    private void update(JsonNode representation) {
        Answer answer = realm.admin("PUT", "", representation.toString());
        assertEquals(204, answer.status(), answer.text());
    }

    /** Returns these texts as a JSON array. */
    static String array(List<String> texts) {
        ArrayNode array = JSON.createArrayNode();
        texts.forEach(array::add);
        return array.toString();
    }

    /** Returns the texts of a JSON array. */
    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Requests a token of Alice; {@code networks} is JSON. */
    Answer create(String networks) {
        return realm.create(
                realm.signIn("alice"),
                "{\"name\":\"t\",\"scopes\":[\"read\",\"write\"],\"allowedNetworks\":" + networks + "}");
    }

    /** Creates a token of Alice with these networks. */
    public JsonNode newToken(String... networks) {
        Answer made = RetryAfter.send(() -> create(array(List.of(networks))));
        assertEquals(201, made.status(), made.text());
        return made.json();
    }

    /** Creates a token of Alice with these networks; returns the token string. */
    String newSecret(String... networks) {
        return newToken(networks).path("token").asText();
    }

    /** Edits a token of Alice. */
    Answer edit(JsonNode token, String json) {
        return realm.call("PATCH", path(token))
                .bearer(realm.signIn("alice"))
                .json(json)
                .send();
    }

    /** Replaces the networks of a token of Alice. */
    public void change(JsonNode token, String... networks) {
        Answer answer = edit(token, "{\"allowedNetworks\":" + array(List.of(networks)) + "}");
        assertEquals(200, answer.status(), answer.text());
    }

    /** Retrieves a token of Alice. */
    JsonNode get(JsonNode token) {
        return realm.call("GET", path(token))
                .bearer(realm.signIn("alice"))
                .send()
                .json();
    }

    static String path(JsonNode token) {
        return "/api-tokens/" + token.path("id").asText();
    }

    /** Introspects for a caller at this address, which is null if the request does not state it. */
    Answer introspect(String endpoint, String token, String address, String... more) {
        return introspectAs("qa-hub-api", endpoint, token, address, more);
    }

    /** The same as a client whose secret is its id with {@code -secret}; {@code more} are names and values. */
    Answer introspectAs(String client, String endpoint, String token, String address, String... more) {
        Map<String, String> form = new HashMap<>(Map.of("token", token));
        if (address != null) {
            form.put("caller_address", address);
        }
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return realm.call("POST", endpoint)
                .basic(client, client + "-secret")
                .form(form)
                .send();
    }

    /** Returns whether a token is active for a caller at this address. */
    public boolean isActive(String token, String address) {
        Answer answer = introspect(Realm.OWN_ENDPOINT, token, address);
        assertEquals(200, answer.status(), answer.text());
        return answer.json().path("active").asBoolean();
    }

    /** Creates a gateway's call that states the caller's address. */
    Http gateway(String token, String address) {
        return gateway(token).header(HEADER, address);
    }

    /** Creates a call of a gateway that is configured to send the caller's address, without the address. */
    Http gateway(String token) {
        return Gateway.asks(realm, "GET", "", token);
    }

    /** Creates a call of the holder of a token over a connection from this address. */
    Http self(String method, String token, String address) {
        return realm.call(method, "/api-tokens/self").bearer(token).header("X-Forwarded-For", address);
    }

    /** Creates a token exchange over a connection from this address. */
    Http exchange(String token, String address) {
        return tokenEndpoint("qa-hub-api", address)
                .form(Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token",
                        token,
                        "subject_token_type",
                        AccessTokens.TYPE));
    }

    /** Exchanges a token over a connection from {@link #INSIDE}; returns the JWT. */
    String jwt(String token) {
        Answer answer = exchange(token, INSIDE).send();
        assertEquals(200, answer.status(), answer.text());
        return AccessTokens.accessToken(answer);
    }

    /** Creates a direct grant of Alice over a connection from this address. */
    Http signIn(String token, String address) {
        return tokenEndpoint("qa-hub-legacy", address)
                .form(Map.of("grant_type", "password", "username", "alice", "password", token));
    }

    private Http tokenEndpoint(String client, String address) {
        return realm.call("POST", "/protocol/openid-connect/token")
                .basic(client, client + "-secret")
                .header("X-Forwarded-For", address);
    }

    /** Makes the realm's docker registries accept API tokens. */
    void allowDocker() {
        realm.admin("PUT", "", "{\"dockerAuthenticationFlow\":\"sign in with an API token\"}");
        realm.admin("POST", "/clients", "{\"clientId\":\"registry\",\"protocol\":\"docker-v2\"}");
    }

    /** Creates the call of {@code docker login} over a connection from this address. */
    Http docker(String token, String address) {
        return realm.call("GET", "/protocol/docker-v2/auth?service=registry&account=alice")
                .basic("alice", token)
                .header("X-Forwarded-For", address);
    }

    /** Returns the newest event of this type. */
    JsonNode newest(String type) {
        return realm.admin("GET", "/events?max=1&type=" + type, null).json().path(0);
    }

    /** Asserts the reason and the address in the newest event of this type; the address is empty if there is none. */
    void assertReason(String type, String reason, String address) {
        JsonNode event = newest(type);
        assertEquals(reason, event.path("details").path("reason").asText(), event.toString());
        assertEquals(address, event.path("details").path("caller_address").asText(), event.toString());
    }

    /** Asserts that the gateway endpoint accepts this call. */
    void assertAccepted(Http call) {
        Answer answer = call.send();
        assertEquals(200, answer.status(), answer.text());
        assertEquals("alice", answer.header("X-Auth-User"));
    }

    /** Asserts that the gateway endpoint refuses this call, and the reason in the event. */
    void assertRefused(Http call, String reason) {
        Answer answer = call.send();
        assertEquals(401, answer.status(), answer.text());
        assertNull(answer.header("X-Auth-User"));
        JsonNode details = newest("INTROSPECT_TOKEN_ERROR").path("details");
        assertEquals(reason, details.path("reason").asText(), details.toString());
        assertEquals("gateway", details.path("endpoint").asText(), details.toString());
        assertEquals(reason.equals("address_not_allowed"), details.has("caller_address"), details.toString());
    }
}
