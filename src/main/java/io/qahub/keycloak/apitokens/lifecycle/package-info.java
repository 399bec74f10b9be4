/** What happens to tokens when their user or realm goes. */
@NullMarked
package io.qahub.keycloak.apitokens.lifecycle;

import org.jspecify.annotations.NullMarked;
