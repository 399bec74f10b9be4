/** Verification of tokens for resource servers, shared by the endpoints: authorization, result and event. */
@NullMarked
package io.qahub.keycloak.apitokens.resourceserver;

import org.jspecify.annotations.NullMarked;
