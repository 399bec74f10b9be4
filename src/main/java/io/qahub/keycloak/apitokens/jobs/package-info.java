/** Background maintenance, reactions to events about tokens, users, clients and realms, and emails to owners. */
@NullMarked
package io.qahub.keycloak.apitokens.jobs;

import org.jspecify.annotations.NullMarked;
