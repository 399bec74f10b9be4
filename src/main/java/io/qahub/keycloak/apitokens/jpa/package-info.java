/** Persistence of tokens with JPA: the implementations of {@code ApiTokenStore} and of the interfaces it returns. */
@NullMarked
package io.qahub.keycloak.apitokens.jpa;

import org.jspecify.annotations.NullMarked;
