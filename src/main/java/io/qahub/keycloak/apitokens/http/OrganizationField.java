package io.qahub.keycloak.apitokens.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.TokenOrganizations;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;

/** The field {@code organization} of requests for tokens. Responds with 400 if the owner may not choose its value. */
public final class OrganizationField {
    private OrganizationField() {}

    /** Returns the id of the organization with the alias {@code value}, which may be missing; null for none. */
    public static @Nullable String read(KeycloakSession session, JsonNode value, TokenPolicy policy, UserModel owner) {
        if (value.isMissingNode() || value.isNull()) {
            requireNone(policy, owner);
            return null;
        }
        List<OrganizationModel> own = TokenOrganizations.ofMember(session, owner);
        return own.stream()
                .filter(organization -> organization.getAlias().equals(value.textValue()))
                .findFirst()
                .map(OrganizationModel::getId)
                .orElseThrow(() -> OAuthError.invalidRequest(
                        own.isEmpty()
                                ? "The owner of the token is not a member of an organization; omit organization."
                                : "organization must be the alias of an organization of the owner of the token: "
                                        + String.join(
                                                ", ",
                                                own.stream()
                                                        .map(OrganizationModel::getAlias)
                                                        .toList()) + "."));
    }

    /** Responds with 400 unless a new token of the owner could be bound as this one is. */
    public static void require(KeycloakSession session, ApiToken token, TokenPolicy policy, UserModel owner) {
        if (token.organizationId() == null) {
            requireNone(policy, owner);
        } else if (TokenOrganizations.problem(session, token.organizationId(), owner)
                .isPresent()) {
            throw OAuthError.invalidRequest(
                    "The owner can no longer use tokens for the organization of this token; create a" + " new token.");
        }
    }

    private static void requireNone(TokenPolicy policy, UserModel owner) {
        if (policy.organizationRequired() && owner.getServiceAccountClientLink() == null) {
            throw OAuthError.invalidRequest(
                    "This realm requires an organization for each token: send the alias of one of your organizations in"
                            + " the field organization.");
        }
    }
}
