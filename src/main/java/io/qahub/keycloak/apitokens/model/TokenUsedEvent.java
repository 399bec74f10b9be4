package io.qahub.keycloak.apitokens.model;

import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/**
 * Published when a token was verified as active, on each node at most once per token and {@code last-used-interval}.
 *
 * @param address the address of the caller, which may be unknown
 */
public record TokenUsedEvent(KeycloakSession session, ApiToken token, Instant at, CallerAddress address)
        implements ProviderEvent {}
