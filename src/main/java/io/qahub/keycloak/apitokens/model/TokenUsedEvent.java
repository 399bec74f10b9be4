package io.qahub.keycloak.apitokens.model;

import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/** A token was found good. Published on every such verification, so listeners must be quick. */
public record TokenUsedEvent(KeycloakSession session, ApiToken token, Instant at) implements ProviderEvent {}
