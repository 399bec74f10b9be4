package io.qahub.keycloak.apitokens.model;

import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/**
 * A secret that a rotation replaced was used after its end, and refused. Published on every such verification, so
 * listeners must be quick; the verification's transaction may be rolled back.
 */
public record ReplacedSecretUsed(KeycloakSession session, ApiToken token) implements ProviderEvent {}
