/** Persistence of tokens with JPA: the implementation of {@code ApiTokenStore}. */
@NullMarked
package io.qahub.keycloak.apitokens.jpa;

import org.jspecify.annotations.NullMarked;
