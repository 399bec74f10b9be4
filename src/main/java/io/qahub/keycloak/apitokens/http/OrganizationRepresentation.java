package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.model.TokenOrganizations;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** An organization that an owner may choose. */
public record OrganizationRepresentation(String alias, String name) {
    /** Returns the organizations that the owner may choose, in the order of their names. */
    public static List<OrganizationRepresentation> ofOwner(KeycloakSession session, UserModel owner) {
        return TokenOrganizations.ofMember(session, owner).stream()
                .map(organization -> new OrganizationRepresentation(organization.getAlias(), organization.getName()))
                .toList();
    }
}
