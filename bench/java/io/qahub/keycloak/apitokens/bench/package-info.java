/** Measures the jar on a real Keycloak and PostgreSQL, as ratios within one run. */
package io.qahub.keycloak.apitokens.bench;
