/** OAuth 2.0 error answers, shared by the endpoints. */
@NullMarked
package io.qahub.keycloak.apitokens.oauth;

import org.jspecify.annotations.NullMarked;
