/** Emails to owners about their tokens. */
@NullMarked
package io.qahub.keycloak.apitokens.notice;

import org.jspecify.annotations.NullMarked;
