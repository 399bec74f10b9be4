package io.qahub.keycloak.apitokens.rest.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.Owners;
import io.qahub.keycloak.apitokens.model.RevokedBy;
import io.qahub.keycloak.apitokens.model.TokenFilter;
import io.qahub.keycloak.apitokens.model.TokenFilter.StatusFilter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Revokes the requested tokens if the admin has the rights to do so. */
record Revocation(KeycloakSession session, RealmModel realm, AdminRights rights) {

    /** Revokes the tokens; returns how many were or, in a dry run, would be revoked. */
    int revoke(RevocationRequest request, Function<JsonNode, TokenFilter> filters) {
        if (request.ids() != null) {
            return revoke(request.ids(), request.dryRun());
        }
        TokenFilter filter = filter(request, filters);
        return request.dryRun()
                ? Math.toIntExact(tokens().count(realm, filter))
                : new BulkChange(session, realm).revoke(filter);
    }

    private TokenFilter filter(RevocationRequest request, Function<JsonNode, TokenFilter> filters) {
        if (request.user() != null) {
            rights.requireRevoke(request.user());
            TokenFilter ofUser = TokenFilter.notRevoked().withOwners(Set.of(request.user()));
            // Tokens may outlive their owner, and a user directory may be unavailable.
            if (Owners.find(session, realm, request.user()).isEmpty() && tokens().count(realm, ofUser) == 0) {
                throw OAuthError.of(404, "not_found", "The realm has no user with this ID.");
            }
            return ofUser;
        }
        rights.manageable(TokenFilter.notRevoked()); // before a filter, whose errors tell which scopes and users exist
        TokenFilter filter = request.all() ? TokenFilter.notRevoked() : filters.apply(request.filter());
        return rights.manageable(filter.withStatus(revocable(filter.status())));
    }

    /** Excludes tokens that are already revoked. */
    private static StatusFilter revocable(StatusFilter status) {
        return switch (status) {
            case ALL, NOT_REVOKED -> StatusFilter.NOT_REVOKED;
            case ACTIVE, EXPIRED -> status;
            case REVOKED -> throw OAuthError.invalidRequest("Revoked tokens cannot be revoked; choose another status.");
        };
    }

    private int revoke(Set<String> ids, boolean dryRun) {
        rights.requireAnyView();
        List<ApiToken> found = ids.stream()
                .map(id -> tokens().find(realm, id))
                .flatMap(Optional::stream)
                .toList();
        List<ApiToken> revocable = found.stream()
                .filter(token -> Objects.isNull(token.revokedAt()))
                .toList();
        revocable.stream().map(ApiToken::ownerId).distinct().forEach(rights::requireRevoke);
        return dryRun
                ? revocable.size()
                : tokens().revoke(realm, found, RevokedBy.ADMIN).size();
    }

    private ApiTokens tokens() {
        return session.getProvider(ApiTokens.class);
    }
}
