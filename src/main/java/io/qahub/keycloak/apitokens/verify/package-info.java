/** Verification of token strings, and its caches on this node. */
@NullMarked
package io.qahub.keycloak.apitokens.verify;

import org.jspecify.annotations.NullMarked;
