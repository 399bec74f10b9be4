package io.qahub.keycloak.apitokens.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qahub.keycloak.apitokens.verification.GrantableScopes;
import io.qahub.keycloak.apitokens.verification.OwnerScopes;
import io.qahub.keycloak.apitokens.verification.ResourceServers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A scope that an owner may choose.
 *
 * @param text what the form says about it, in the owner's language; null if nothing
 * @param resourceServers the client ids of the resource servers at which it is valid; null for all
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ScopeRepresentation(
        String name,
        @Nullable String text,
        boolean builtIn,
        @Nullable List<String> resourceServers) {

    /** Returns the scopes that the owner may currently choose, in alphabetical order. */
    public static List<ScopeRepresentation> ofOwner(KeycloakSession session, RealmModel realm, UserModel owner) {
        GrantableScopes grantable = GrantableScopes.of(realm);
        OwnerScopes scopes = grantable.of(owner);
        List<ClientScopeModel> clientScopes = scopes.names().stream()
                .map(grantable::clientScope)
                .flatMap(Optional::stream)
                .toList();
        Map<String, List<String>> clientIds = ResourceServers.clientIds(session, realm, clientScopes);
        ScopeTexts texts = new ScopeTexts(session, owner);
        return scopes.names().stream()
                .map(name -> grantable
                        .clientScope(name)
                        .map(scope -> new ScopeRepresentation(
                                name, texts.of(scope), false, clientIds.getOrDefault(scope.getId(), List.of())))
                        .orElseGet(() -> new ScopeRepresentation(name, null, true, null)))
                .toList();
    }
}
