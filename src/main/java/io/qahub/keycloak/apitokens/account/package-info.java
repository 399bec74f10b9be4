/** Door: the owner's REST resource. */
package io.qahub.keycloak.apitokens.account;
