/** The endpoint for the messages of GitHub's secret scanning. */
@NullMarked
package io.qahub.keycloak.apitokens.rest.github;

import org.jspecify.annotations.NullMarked;
