package io.qahub.keycloak.apitokens.model;

import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/**
 * Published on the request thread whenever verification rejects a replaced secret that is no longer valid, so listeners
 * must be fast. The transaction of the session may still be rolled back.
 */
public record ReplacedSecretUsed(KeycloakSession session, ApiToken token) implements ProviderEvent {}
