/** Stock resource servers and gateways, set up as in {@code examples/}, in front of the real Keycloak. */
package io.qahub.keycloak.apitokens.interop;
