/** Measures the JAR with a real Keycloak and PostgreSQL; results are ratios within one run. */
package io.qahub.keycloak.apitokens.bench;
