/** JWT access tokens that were obtained with an API token. */
@NullMarked
package io.qahub.keycloak.apitokens.accesstoken;

import org.jspecify.annotations.NullMarked;
