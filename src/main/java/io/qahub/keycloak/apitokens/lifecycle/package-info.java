/** What happens to tokens when their user or realm goes. */
package io.qahub.keycloak.apitokens.lifecycle;
