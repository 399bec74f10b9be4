package io.qahub.keycloak.apitokens.oidc;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RoleModel;
import org.keycloak.models.ScopeContainerModel;
import org.keycloak.models.utils.RoleUtils;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;

/** Restricts which clients may obtain access tokens with API tokens: none whose roles would give access to Keycloak. */
public final class ClientLimits {
    /** Keycloak has no constant for these before 26.7.4. */
    private static final Set<String> KEYCLOAK_REALM_ROLES = Set.of(AdminRoles.ADMIN, AdminRoles.CREATE_REALM);

    private static final Set<String> KEYCLOAK_CLIENTS = Set.of(
            Constants.ACCOUNT_MANAGEMENT_CLIENT_ID,
            Constants.ACCOUNT_CONSOLE_CLIENT_ID,
            Constants.ADMIN_CLI_CLIENT_ID,
            Constants.ADMIN_CONSOLE_CLIENT_ID,
            Constants.BROKER_SERVICE_CLIENT_ID,
            Constants.REALM_MANAGEMENT_CLIENT_ID);

    private ClientLimits() {}

    /** Returns what an administrator must change about {@code client}; empty if the client is allowed. */
    public static Optional<String> rejectionReason(ClientModel client) {
        if (isKeycloakClient(client)) {
            return Optional.of("Use another client: this one is built into Keycloak.");
        }
        if (client.isFullScopeAllowed()) {
            return Optional.of("Turn off Full scope allowed for this client.");
        }
        OIDCAdvancedConfigWrapper config = OIDCAdvancedConfigWrapper.fromClientModel(client);
        if (config.isUseDPoP() || config.isUseMtlsHokToken()) {
            return Optional.of("Use a client whose access tokens are not bound to a key or certificate.");
        }
        return roles(client)
                .filter(ClientLimits::grantsKeycloakAccess)
                .findFirst()
                .map(role -> "Remove the role " + role.getName()
                        + " from the role scope mappings of this client and of its client scopes.");
    }

    /** As {@link #rejectionReason}, plus rules for the direct grant, where Keycloak first issues its own tokens. */
    public static Optional<String> directGrantRejectionReason(ClientModel client) {
        return rejectionReason(client).or(() -> {
            if (OIDCAdvancedConfigWrapper.fromClientModel(client).isUseRefreshToken()) {
                return Optional.of("Turn off Use refresh tokens for this client.");
            }
            return client.getClientScopes(true).containsKey(OAuth2Constants.OFFLINE_ACCESS)
                    ? Optional.of("Remove the default client scope offline_access from this client.")
                    : Optional.empty();
        });
    }

    private static Stream<RoleModel> roles(ClientModel client) {
        return Stream.of(
                        Stream.of(client),
                        client.getClientScopes(true).values().stream(),
                        client.getClientScopes(false).values().stream())
                .flatMap(stream -> stream)
                .flatMap(ScopeContainerModel::getScopeMappingsStream);
    }

    private static boolean grantsKeycloakAccess(RoleModel role) {
        return RoleUtils.expandCompositeRoles(Set.of(role)).stream().anyMatch(ClientLimits::isKeycloakRole);
    }

    private static boolean isKeycloakRole(RoleModel role) {
        return role.isClientRole()
                ? isKeycloakClient((ClientModel) role.getContainer())
                : KEYCLOAK_REALM_ROLES.contains(role.getName());
    }

    private static boolean isKeycloakClient(ClientModel client) {
        // The master realm has a client with the admin roles for each realm.
        boolean isRealmAdminClient = client.getRealm().getName().equals(Config.getAdminRealm())
                && client.getClientId().endsWith("-realm");
        return isRealmAdminClient || KEYCLOAK_CLIENTS.contains(client.getClientId());
    }
}
