/** Revokes the tokens of users whose password is written, where Keycloak or its LDAP federation writes it. */
@NullMarked
package io.qahub.keycloak.apitokens.jobs.password;

import org.jspecify.annotations.NullMarked;
