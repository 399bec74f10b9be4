package io.qahub.keycloak.apitokens.oidc;

import io.qahub.keycloak.apitokens.keycloak.Misconfiguration;
import io.qahub.keycloak.apitokens.model.TokenOrganizations;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;

/** The claim {@code organization} of a token that is bound to an organization. It names only that organization. */
final class OrganizationClaim {
    private OrganizationClaim() {}

    /**
     * Runs mappers for a token that is bound to the organization with this id, if not null. Keycloak's own mapper adds only the
     * organization of the session's context, if there is one, and may set it.
     */
    static <T> T withOrganization(KeycloakSession session, @Nullable String id, Supplier<T> mappers) {
        KeycloakContext context = session.getContext();
        OrganizationModel before = context.getOrganization();
        try {
            context.setOrganization(
                    id == null ? null : TokenOrganizations.find(session, id).orElse(null));
            return mappers.get();
        } finally {
            context.setOrganization(before);
        }
    }

    /** Returns the claims of mappers with the organization: in the format of a mapper that adds it, otherwise its alias. */
    static Map<String, Object> add(KeycloakSession session, String id, Map<String, Object> claims) {
        String alias = TokenOrganizations.alias(session, id);
        Object mapped = claims.get(OAuth2Constants.ORGANIZATION);
        if (mapped != null && isOnly(alias, mapped)) {
            return claims;
        }
        if (mapped != null) {
            Misconfiguration.warn(
                    ("Realm %s: a protocol mapper sets the claim organization to another value; for API tokens that are"
                                    + " bound to an organization, it is replaced by the organization's alias. Use the mapper"
                                    + " Organization Membership instead.")
                            .formatted(session.getContext().getRealm().getName()));
        }
        Map<String, Object> all = new LinkedHashMap<>(claims);
        all.put(OAuth2Constants.ORGANIZATION, alias);
        return all;
    }

    private static boolean isOnly(String alias, Object mapped) {
        if (mapped instanceof Map<?, ?> byAlias) {
            return byAlias.size() == 1 && byAlias.containsKey(alias);
        }
        return mapped instanceof Collection<?> aliases
                ? List.copyOf(aliases).equals(List.of(alias))
                : alias.equals(mapped);
    }
}
