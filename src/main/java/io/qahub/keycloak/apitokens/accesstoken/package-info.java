/** JWT access tokens that were obtained with an API token: what they may say, and how they are told from Keycloak's own. */
@NullMarked
package io.qahub.keycloak.apitokens.accesstoken;

import org.jspecify.annotations.NullMarked;
