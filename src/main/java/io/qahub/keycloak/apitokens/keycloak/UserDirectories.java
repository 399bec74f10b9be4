package io.qahub.keycloak.apitokens.keycloak;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.ReadOnlyUserModelDelegate;
import org.keycloak.models.utils.StorageUnavailableUserModelDelegate;
import org.keycloak.storage.ReadOnlyException;

/** Recognizes users whose directory is unavailable, whom Keycloak represents as disabled. */
public final class UserDirectories {
    private UserDirectories() {}

    /** Returns whether the directory of this user is unavailable, so that the user's state is unknown. */
    public static boolean isUnavailable(@Nullable UserModel user) {
        if (!(user instanceof ReadOnlyUserModelDelegate delegate)) {
            return false;
        }
        try {
            return delegate instanceof StorageUnavailableUserModelDelegate;
        } catch (NoClassDefFoundError e) {
            return isUnavailableBeforeKeycloak265(delegate);
        }
    }

    /** Keycloak 26.4 states the reason only in the exception with which such a user rejects every change. */
    private static boolean isUnavailableBeforeKeycloak265(ReadOnlyUserModelDelegate user) {
        try {
            user.setUsername(user.getUsername());
            return false;
        } catch (ReadOnlyException e) {
            return String.valueOf(e.getMessage()).contains("is currently unavailable");
        }
    }
}
