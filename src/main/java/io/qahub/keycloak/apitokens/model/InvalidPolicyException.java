package io.qahub.keycloak.apitokens.model;

/** Thrown if a policy attribute of the realm has an invalid value. An operation that depends on it must be rejected. */
public final class InvalidPolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidPolicyException(String attribute, String expected) {
        super("The realm attribute " + attribute + " must be " + expected + ".");
    }
}
