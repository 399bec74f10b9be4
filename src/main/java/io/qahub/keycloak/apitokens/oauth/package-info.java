/** OAuth 2.0 errors and request parsing, shared by the endpoints. */
@NullMarked
package io.qahub.keycloak.apitokens.oauth;

import org.jspecify.annotations.NullMarked;
