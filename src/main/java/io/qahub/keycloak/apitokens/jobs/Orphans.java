package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserProvider;
import org.keycloak.storage.DatastoreProvider;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.StoreManagers;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.UserStorageProviderModel;

/**
 * Deletes the tokens of a realm whose owners no longer exist, in batches of owners. Looks up only owners who are not in
 * Keycloak's database. A failed lookup does not mean that an owner does not exist.
 */
final class Orphans {
    private static final Logger LOG = Logger.getLogger(Orphans.class);

    private final int batch;

    /** Ids of user storage providers that failed; this clean-up does not query them again. */
    private final Set<String> failed = new HashSet<>();

    /** The last owner that was processed; owners are processed in the order of their ids. */
    private @Nullable String last;

    private int deleted;

    Orphans(int batch) {
        this.batch = batch;
    }

    /** Processes the next batch of owners; returns its size. */
    int deleteBatch(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        ApiTokens tokens = session.getProvider(ApiTokens.class);
        List<String> owners = ApiTokenStore.of(session).deletion().ownersNotStored(realm.getId(), last, batch);
        for (String owner : owners) {
            if (isMissing(session, realm, owner)) {
                deleted += tokens.deleteByOwner(realm, owner);
            }
            last = owner;
        }
        return owners.size();
    }

    /** Returns the number of deleted tokens. */
    int deleted() {
        return deleted;
    }

    private boolean isMissing(KeycloakSession session, RealmModel realm, String ownerId) {
        String storage = StorageId.providerId(ownerId);
        if (storage != null) {
            ComponentModel component = realm.getComponent(storage);
            if (component == null) {
                return true;
            }
            if (failed.contains(storage) || !reportsMissingUsers(session, component)) {
                return false;
            }
        }
        try {
            return uncachedUsers(session).getUserById(realm, ownerId) == null;
        } catch (RuntimeException e) {
            failed.add(String.valueOf(storage));
            LOG.warnf(
                    "Realm %s: cannot find out whether owners of API tokens still exist: %s",
                    realm.getName(), e.getMessage());
            return false;
        }
    }

    /**
     * Returns whether a user that the provider does not find is missing. Keycloak finds no users of a provider that is
     * disabled or not installed, and an administrator can choose to keep users that are not found, as disabled.
     */
    private static boolean reportsMissingUsers(KeycloakSession session, ComponentModel component) {
        UserStorageProviderModel storage = new UserStorageProviderModel(component);
        return storage.isEnabled()
                && storage.isRemoveInvalidUsersEnabled()
                && session.getKeycloakSessionFactory()
                                .getProviderFactory(UserStorageProvider.class, component.getProviderId())
                        != null;
    }

    /** Bypasses the user cache, which may contain users that were deleted in their directory. */
    private static UserProvider uncachedUsers(KeycloakSession session) {
        return session.getProvider(DatastoreProvider.class) instanceof StoreManagers managers
                ? managers.userStorageManager()
                : session.users();
    }
}
