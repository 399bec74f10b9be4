/** The verification pipeline of a token string, and what it remembers on this node. */
@NullMarked
package io.qahub.keycloak.apitokens.verify;

import org.jspecify.annotations.NullMarked;
