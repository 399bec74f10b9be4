package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.keycloak.WithoutPermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** The organizations of the session's realm that tokens can be bound to. Keycloak caches them and their members. */
public final class TokenOrganizations {
    private TokenOrganizations() {}

    /** Returns why the owner cannot use a token for the organization with this id; empty if the owner can. */
    public static Optional<Problem> problem(KeycloakSession session, String id, UserModel owner) {
        return WithoutPermissions.get(session, () -> unfilteredProblem(session, id, owner));
    }

    /** Without the permissions of an administrator, which would hide organizations and be cached for all. */
    private static Optional<Problem> unfilteredProblem(KeycloakSession session, String id, UserModel owner) {
        Optional<OrganizationProvider> provider = provider(session);
        if (provider.isEmpty()) {
            return Optional.of(Problem.DISABLED);
        }
        OrganizationModel organization = provider.get().getById(id);
        if (organization == null) {
            return Optional.of(Problem.DELETED);
        }
        if (!organization.isEnabled()) {
            return Optional.of(Problem.DISABLED);
        }
        return organization.isMember(owner) ? Optional.empty() : Optional.of(Problem.NOT_MEMBER);
    }

    /** Returns the enabled organizations of the owner, in the order of their names. */
    public static List<OrganizationModel> ofMember(KeycloakSession session, UserModel owner) {
        return WithoutPermissions.get(session, () -> provider(session).stream()
                .flatMap(provider -> provider.getByMember(owner))
                .filter(OrganizationModel::isEnabled)
                .sorted(Comparator.comparing(OrganizationModel::getName))
                .toList());
    }

    /** Returns the organization with this id. */
    public static Optional<OrganizationModel> find(KeycloakSession session, String id) {
        return provider(session).map(provider -> provider.getById(id));
    }

    /** Returns the organization with this alias. */
    public static Optional<OrganizationModel> findByAlias(KeycloakSession session, String alias) {
        return provider(session).map(provider -> provider.getByAlias(alias));
    }

    /** Returns the alias of the organization, or {@code id} if it does not exist. */
    public static String alias(KeycloakSession session, String id) {
        return find(session, id).map(OrganizationModel::getAlias).orElse(id);
    }

    /** Empty if the server or the realm has organizations turned off. */
    private static Optional<OrganizationProvider> provider(KeycloakSession session) {
        return Optional.ofNullable(session.getProvider(OrganizationProvider.class))
                .filter(OrganizationProvider::isEnabled);
    }

    /** Why an owner cannot use a token for an organization. */
    public enum Problem {
        DELETED,
        /** The organization is disabled, or organizations are. */
        DISABLED,
        NOT_MEMBER
    }
}
