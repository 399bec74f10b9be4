package io.qahub.keycloak.apitokens.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.qahub.keycloak.apitokens.http.TokenRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * A token in responses to realm admins.
 *
 * @param username null if the owner does not exist
 * @param client the client id if the owner is a service account, otherwise null
 * @param clientUuid the internal id of that client, otherwise null
 * @param access what the calling admin may do with the token; null in events
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record AdminTokenRepresentation(
        @JsonUnwrapped TokenRepresentation token,
        String userId,
        @Nullable String username,
        @Nullable String client,
        @Nullable String clientUuid,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Access access) {

    /** Permissions, in the format of Keycloak's own representations. */
    record Access(boolean revoke) {}
}
