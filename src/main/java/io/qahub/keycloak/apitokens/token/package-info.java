/** The token string: its format, checksum, generation and hashing. Knows the JDK and jbcrypt, nothing else. */
package io.qahub.keycloak.apitokens.token;
