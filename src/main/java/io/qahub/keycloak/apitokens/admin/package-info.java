/** Endpoint: central control for realm admins. */
package io.qahub.keycloak.apitokens.admin;
