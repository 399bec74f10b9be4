/** OAuth 2.0 error answers, shared by the doors. */
package io.qahub.keycloak.apitokens.oauth;
