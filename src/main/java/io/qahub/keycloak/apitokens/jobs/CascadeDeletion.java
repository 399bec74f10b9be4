package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.TokenDeletion;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientModel.ClientRemovedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;
import org.keycloak.provider.ProviderEvent;

/** Deletes the tokens of removed users, clients and realms, in the transaction of the removal. */
final class CascadeDeletion {
    private CascadeDeletion() {}

    static void onEvent(ProviderEvent event) {
        if (event instanceof UserRemovedEvent removed) {
            deletion(removed.getKeycloakSession())
                    .deleteByOwner(removed.getRealm().getId(), removed.getUser().getId());
        } else if (event instanceof ClientRemovedEvent removed) {
            // Keycloak fires no UserRemovedEvent for the client's service account.
            ClientModel client = removed.getClient();
            deletion(removed.getKeycloakSession())
                    .deleteByClient(client.getRealm().getId(), client.getId());
        } else if (event instanceof RealmRemovedEvent removed) {
            // Keycloak fires no UserRemovedEvent for the users of a removed realm.
            deletion(removed.getKeycloakSession())
                    .deleteByRealm(removed.getRealm().getId());
        }
    }

    private static TokenDeletion deletion(KeycloakSession session) {
        return ApiTokenStore.of(session).deletion();
    }
}
