/** Door: whoever holds a token may look at it, revoke it, or report it as leaked. */
package io.qahub.keycloak.apitokens.selfservice;
