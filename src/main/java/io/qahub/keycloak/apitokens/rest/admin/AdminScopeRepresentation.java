package io.qahub.keycloak.apitokens.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scope in responses to realm admins.
 *
 * @param id the id of the client scope; null if it is built in, or if only tokens have the name
 * @param text the consent text or description; null if there is none
 * @param methods the methods that it allows at gateways
 * @param roles the roles of which an owner needs one; null if the admin may not view the client scope
 * @param resourceServers the client ids of the resource servers at which it is valid; null for all, or as {@code roles}
 * @param tokens the number of tokens that have it and are not revoked; null if the admin may not view all users
 * @param access what the calling admin may do with it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record AdminScopeRepresentation(
        @Nullable String id,
        String name,
        @Nullable String text,
        boolean builtIn,
        boolean grantable,
        List<String> methods,
        @Nullable List<Role> roles,
        @Nullable List<String> resourceServers,
        @Nullable Long tokens,
        Access access) {

    /** A role; {@code client} is null for a realm role. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Role(String name, @Nullable String client) {}

    /** Permissions, in the format of Keycloak's own representations. */
    record Access(boolean manage) {}
}
