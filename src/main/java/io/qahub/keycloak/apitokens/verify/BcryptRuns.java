package io.qahub.keycloak.apitokens.verify;

import org.jboss.logging.Logger;

/** Says at TRACE that a bcrypt ran: what a test, or an operator who wonders about load, can count. */
final class BcryptRuns {
    private static final Logger LOG = Logger.getLogger(BcryptRuns.class);

    private BcryptRuns() {}

    static void count() {
        LOG.trace("bcrypt");
    }
}
