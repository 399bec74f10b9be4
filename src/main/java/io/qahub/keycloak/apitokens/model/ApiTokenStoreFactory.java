package io.qahub.keycloak.apitokens.model;

import org.keycloak.provider.ProviderFactory;

/** Makes an {@link ApiTokenStore} per session. */
public interface ApiTokenStoreFactory extends ProviderFactory<ApiTokenStore> {}
