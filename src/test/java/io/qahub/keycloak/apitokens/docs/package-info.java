/** The documentation: its commands are run, or say why not. */
package io.qahub.keycloak.apitokens.docs;
