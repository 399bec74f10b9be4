package io.qahub.keycloak.apitokens.lifecycle;

import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import org.keycloak.Config;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientModel.ClientRemovedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;

/** Deletes the tokens of removed users, clients and realms, in the removal's own transaction. */
public final class LifecycleFactory implements ProviderFactory<Lifecycle> {
    @Override
    public Lifecycle create(KeycloakSession session) {
        return () -> {};
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(LifecycleFactory::onEvent);
    }

    private static void onEvent(ProviderEvent event) {
        if (event instanceof UserRemovedEvent removed) {
            store(removed.getKeycloakSession())
                    .deleteByOwner(removed.getRealm().getId(), removed.getUser().getId());
        } else if (event instanceof ClientRemovedEvent removed) {
            // Keycloak removes a client's service account without an event of its own.
            ClientModel client = removed.getClient();
            store(removed.getKeycloakSession()).deleteByClient(client.getRealm().getId(), client.getId());
        } else if (event instanceof RealmRemovedEvent removed) {
            // A realm's removal fires no event per user.
            store(removed.getKeycloakSession()).deleteByRealm(removed.getRealm().getId());
        }
    }

    private static ApiTokenStore store(KeycloakSession session) {
        return session.getProvider(ApiTokenStore.class);
    }

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "default";
    }
}
