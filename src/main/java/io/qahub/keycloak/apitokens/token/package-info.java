/** The token string: its format, checksum, generation and hashing. Knows the JDK and jbcrypt, nothing else. */
@NullMarked
package io.qahub.keycloak.apitokens.token;

import org.jspecify.annotations.NullMarked;
