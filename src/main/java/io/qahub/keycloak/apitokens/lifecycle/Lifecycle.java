package io.qahub.keycloak.apitokens.lifecycle;

import org.keycloak.provider.Provider;

/** Marks the lifecycle SPI; its factory does the work. */
public interface Lifecycle extends Provider {}
