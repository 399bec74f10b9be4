/** Sign-in with an API token, by the direct grant and at the docker endpoint. */
@NullMarked
package io.qahub.keycloak.apitokens.oidc.signin;

import org.jspecify.annotations.NullMarked;
