package io.qahub.keycloak.apitokens.model;

import java.time.Duration;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/** A token was found good. Published on the first such verification and then once per {@link #INTERVAL} at most, on each node. */
public record TokenUsedEvent(KeycloakSession session, ApiToken token, Instant at) implements ProviderEvent {
    /** The shortest time between two events of one token on one node. */
    public static final Duration INTERVAL = Duration.ofSeconds(10);
}
