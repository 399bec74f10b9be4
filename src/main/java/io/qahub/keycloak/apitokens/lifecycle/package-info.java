/** Background maintenance of tokens, and reactions to events about tokens, users, clients and realms. */
@NullMarked
package io.qahub.keycloak.apitokens.lifecycle;

import org.jspecify.annotations.NullMarked;
