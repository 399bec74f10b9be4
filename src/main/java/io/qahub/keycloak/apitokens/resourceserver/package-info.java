/** What the endpoints for resource servers share: who may ask about a token, the verdict, and the event of the answer. */
@NullMarked
package io.qahub.keycloak.apitokens.resourceserver;

import org.jspecify.annotations.NullMarked;
