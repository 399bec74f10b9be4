package io.qahub.keycloak.apitokens.keycloak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.keycloak.authorization.fgap.AdminPermissionsSchema;
import org.keycloak.models.KeycloakSession;

/** Queries models without the fine-grained permissions of an administrator, which hide what the administrator may not see. */
public final class WithoutPermissions {
    private WithoutPermissions() {}

    /** Returns the result of {@code query}. Before 26.7, Keycloak's own method takes only a {@code Runnable}. */
    public static <T> T get(KeycloakSession session, Supplier<T> query) {
        List<T> result = new ArrayList<>(1);
        Runnable task = () -> result.add(query.get());
        AdminPermissionsSchema.runWithoutAuthorization(session, task);
        return result.get(0);
    }
}
