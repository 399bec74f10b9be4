/** Format, checksum, generation and hashing of token strings. Depends on the JDK and jbcrypt only. */
@NullMarked
package io.qahub.keycloak.apitokens.token;

import org.jspecify.annotations.NullMarked;
