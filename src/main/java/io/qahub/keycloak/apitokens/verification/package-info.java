/** Verification of token strings, its caches on this node, and which clients may verify tokens. */
@NullMarked
package io.qahub.keycloak.apitokens.verification;

import org.jspecify.annotations.NullMarked;
