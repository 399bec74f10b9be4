package io.qahub.keycloak.apitokens.jobs;

import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/** The not-before time of a realm, or of one of its clients, may have changed. */
record NotBeforeChanged(KeycloakSession session, String realmId) implements ProviderEvent {}
