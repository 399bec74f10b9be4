/** Keycloak's revocation endpoint (RFC 7009), which also revokes API tokens. */
@NullMarked
package io.qahub.keycloak.apitokens.oidc.revocation;

import org.jspecify.annotations.NullMarked;
