package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.keycloak.UserDirectories;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/** Finds owners without failing if a user directory is unavailable. */
public final class Owners {
    private static final Logger LOG = Logger.getLogger(Owners.class);

    private Owners() {}

    /** Returns the user; empty if there is none with this id, or if its directory is unavailable, which is logged. */
    public static Optional<UserModel> find(KeycloakSession session, RealmModel realm, String id) {
        try {
            return Optional.ofNullable(session.users().getUserById(realm, id));
        } catch (RuntimeException e) {
            LOG.warnf("Realm %s: user %s could not be looked up: %s", realm.getName(), id, e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns whether the directory of the user with this id is unavailable, so that the user's state is unknown. */
    public static boolean isDirectoryUnavailable(KeycloakSession session, RealmModel realm, String id) {
        try {
            return UserDirectories.isUnavailable(session.users().getUserById(realm, id));
        } catch (RuntimeException e) {
            return true;
        }
    }

    /** Returns usernames by id, except those that could not be found. Queries a directory until its first failure. */
    static Map<String, String> usernames(KeycloakSession session, RealmModel realm, Collection<String> ids) {
        Map<String, String> names = new HashMap<>();
        Set<String> unavailable = new HashSet<>();
        for (String id : ids) {
            String directory = StorageId.providerId(id);
            if (unavailable.contains(String.valueOf(directory))) {
                continue;
            }
            try {
                UserModel owner = session.users().getUserById(realm, id);
                if (owner != null) {
                    names.put(id, owner.getUsername());
                }
            } catch (RuntimeException e) {
                unavailable.add(String.valueOf(directory));
                LOG.warnf("Realm %s: usernames could not be looked up: %s", realm.getName(), e.getMessage());
            }
        }
        return names;
    }
}
