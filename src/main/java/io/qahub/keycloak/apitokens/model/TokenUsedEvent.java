package io.qahub.keycloak.apitokens.model;

import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/** A token was found good. Published on the first such verification and then every ten seconds of use at most, on each node. */
public record TokenUsedEvent(KeycloakSession session, ApiToken token, Instant at) implements ProviderEvent {}
