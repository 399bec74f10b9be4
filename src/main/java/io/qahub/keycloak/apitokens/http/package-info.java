/** HTTP, JSON and OAuth 2.0 errors, shared by all endpoints, and the request for a verification with its event. */
@NullMarked
package io.qahub.keycloak.apitokens.http;

import org.jspecify.annotations.NullMarked;
