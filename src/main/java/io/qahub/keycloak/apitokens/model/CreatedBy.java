package io.qahub.keycloak.apitokens.model;

/** Who created a token. */
public enum CreatedBy {
    OWNER,
    /** An administrator, for a client's service account. */
    ADMIN
}
