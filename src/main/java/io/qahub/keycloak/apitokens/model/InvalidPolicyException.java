package io.qahub.keycloak.apitokens.model;

/** A realm attribute that rules tokens cannot be understood, so what it rules must not happen. */
public final class InvalidPolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidPolicyException(String attribute, String expected) {
        super("The realm attribute " + attribute + " must be " + expected + ".");
    }
}
