package io.qahub.keycloak.apitokens.rest.admin;

import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.Owners;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenFilter.StatusFilter;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The rights of the calling admin, which follow from Keycloak's (fine-grained) permissions on the owners. */
record AdminRights(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {

    /** Restricts the filter to owners whom the admin may view. */
    TokenFilter viewable(TokenFilter filter) {
        if (auth.users().canView()) {
            return filter;
        }
        requireList();
        return filter.withOwners(owners(filter, auth.users()::canView));
    }

    /** Fails unless the admin may list tokens of any users. */
    void requireList() {
        boolean hasFineGrainedView = auth.users().canQuery() && realm.isAdminPermissionsEnabled();
        if (!auth.users().canView() && !hasFineGrainedView) {
            throw denied("Listing API tokens requires the role view-users.");
        }
    }

    /** Restricts the filter to owners whom the admin may manage. The result may match no tokens. */
    TokenFilter manageable(TokenFilter filter) {
        if (auth.users().canManage()) {
            return filter;
        }
        if (!realm.isAdminPermissionsEnabled()) {
            throw revokingDenied();
        }
        Set<String> manageable = owners(filter, auth.users()::canManage);
        if (manageable.isEmpty() && !hasFineGrainedRights()) {
            throw revokingDenied();
        }
        return filter.withOwners(manageable);
    }

    /** Returns whether fine-grained permissions apply to the admin, whether or not they match an owner. */
    private boolean hasFineGrainedRights() {
        TokenFilter all = TokenFilter.notRevoked().withStatus(StatusFilter.ALL);
        return (auth.users().canQuery() && !auth.users().canView())
                || !owners(all, auth.users()::canManage).isEmpty();
    }

    private Set<String> owners(TokenFilter filter, Predicate<UserModel> permission) {
        return session.getProvider(ApiTokens.class).ownerIds(realm, filter).stream()
                .filter(id -> Owners.find(session, realm, id).filter(permission).isPresent())
                .collect(Collectors.toSet());
    }

    /** Returns whether the admin may view all users, and thus know how many tokens there are. */
    boolean canViewAll() {
        return auth.users().canView();
    }

    boolean canView(ClientScopeModel scope) {
        return auth.clients().canView(scope);
    }

    boolean canManage(ClientScopeModel scope) {
        return auth.clients().canManage(scope);
    }

    void requireManage(ClientScopeModel scope) {
        if (!canManage(scope)) {
            throw denied("Changing a client scope requires the role manage-clients.");
        }
    }

    boolean canView(String ownerId) {
        return Owners.find(session, realm, ownerId).map(auth.users()::canView).orElseGet(auth.users()::canView);
    }

    /** As {@link #canRevoke(String)}, but loads the owner only if roles do not decide. */
    boolean canRevoke(ApiToken token) {
        if (auth.users().canManage() || canManageClient(token.clientId())) {
            return true;
        }
        return realm.isAdminPermissionsEnabled() && canRevoke(token.ownerId());
    }

    /** Returns whether the admin may manage the owner or, for a service account, its client. */
    boolean canRevoke(String ownerId) {
        return Owners.find(session, realm, ownerId)
                .map(owner -> auth.users().canManage(owner) || canManageClient(owner.getServiceAccountClientLink()))
                .orElseGet(auth.users()::canManage);
    }

    private boolean canManageClient(@Nullable String id) {
        ClientModel client = id == null ? null : realm.getClientById(id);
        return client != null && auth.clients().canManage(client);
    }

    /** Fails unless the admin may view any users or clients, so that a 404 reveals nothing to other admins. */
    void requireAnyView() {
        if (!auth.users().canQuery() && !auth.clients().canList()) {
            throw denied("Viewing API tokens requires the role view-users.");
        }
    }

    void requireRevoke(String ownerId) {
        if (!canRevoke(ownerId)) {
            throw revokingDenied();
        }
    }

    void requireManage(@Nullable ClientModel client) {
        if (client == null ? !auth.clients().canManage() : !auth.clients().canManage(client)) {
            throw denied("Creating a service account's token requires the role manage-clients.");
        }
    }

    private static RuntimeException revokingDenied() {
        return denied("Revoking API tokens requires the role manage-users.");
    }

    private static RuntimeException denied(String description) {
        return OAuthError.of(403, "access_denied", description);
    }
}
