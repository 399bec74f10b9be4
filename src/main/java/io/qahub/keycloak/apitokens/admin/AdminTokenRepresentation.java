package io.qahub.keycloak.apitokens.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.qahub.keycloak.apitokens.representation.TokenRepresentation;

/**
 * A token as a realm admin reads it.
 *
 * @param username null where Keycloak cannot find the owner
 * @param client the client id where the owner is a service account, else null
 * @param clientUuid that client's internal id, else null
 * @param access what the admin who asked may do with it; not in events
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record AdminTokenRepresentation(
        @JsonUnwrapped TokenRepresentation token,
        String userId,
        String username,
        String client,
        String clientUuid,
        @JsonInclude(JsonInclude.Include.NON_NULL) Access access) {

    /** As Keycloak's own representations have it. */
    record Access(boolean revoke) {}
}
