/** Stock resource servers, gateways and tools, set up as in {@code examples/}, and qh-token, with the real Keycloak. */
package io.qahub.keycloak.apitokens.interop;
