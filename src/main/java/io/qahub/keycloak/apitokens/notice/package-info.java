/** Mail to owners about their tokens. */
package io.qahub.keycloak.apitokens.notice;
