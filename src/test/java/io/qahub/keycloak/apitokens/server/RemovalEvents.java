package io.qahub.keycloak.apitokens.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** The events about revoked tokens. */
final class RemovalEvents {
    private RemovalEvents() {}

    /** Returns the number of such events of an owner by prefix. */
    static Map<String, Integer> byPrefix(Realm realm, String owner) {
        Map<String, Integer> counts = new TreeMap<>();
        JsonNode events = realm.admin("GET", "/events?type=REMOVE_CREDENTIAL&max=100000&user=" + owner, null)
                .json();
        events.forEach(
                event -> counts.merge(event.path("details").path("prefix").asText(), 1, Integer::sum));
        return counts;
    }
}
