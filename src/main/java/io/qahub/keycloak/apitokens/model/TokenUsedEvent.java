package io.qahub.keycloak.apitokens.model;

import java.time.Duration;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/** Published when a token was verified as active, once per token and {@link #INTERVAL} at most, on each node. */
public record TokenUsedEvent(KeycloakSession session, ApiToken token, Instant at) implements ProviderEvent {
    /** The minimum time between two events of a token on a node. */
    public static final Duration INTERVAL = Duration.ofSeconds(10);
}
