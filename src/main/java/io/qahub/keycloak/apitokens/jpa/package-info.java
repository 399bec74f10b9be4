/** Persistence of tokens with JPA: the implementations of {@code ApiTokenStore} and {@code TokenDeletion}. */
@NullMarked
package io.qahub.keycloak.apitokens.jpa;

import org.jspecify.annotations.NullMarked;
