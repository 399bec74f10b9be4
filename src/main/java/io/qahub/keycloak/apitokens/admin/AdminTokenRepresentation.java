package io.qahub.keycloak.apitokens.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.qahub.keycloak.apitokens.representation.TokenRepresentation;

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
        String username,
        String client,
        String clientUuid,
        @JsonInclude(JsonInclude.Include.NON_NULL) Access access) {

    /** Permissions, in the format of Keycloak's own representations. */
    record Access(boolean revoke) {}
}
