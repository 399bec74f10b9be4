/** The documentation: its commands are run, or state why they are not. */
package io.qahub.keycloak.apitokens.docs;
