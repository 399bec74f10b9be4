package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.keycloak.LogInterval;
import org.jboss.logging.Logger;

/** Logs warnings about realm settings that make requests fail, once a minute at most. */
public final class Misconfiguration {
    private static final Logger LOG = Logger.getLogger(Misconfiguration.class);
    private static final LogInterval INTERVAL = new LogInterval();

    private Misconfiguration() {}

    /** Logs a warning that tells an administrator what to change. */
    public static void warn(String advice) {
        if (INTERVAL.isOver()) {
            LOG.warnf("%s (logged once a minute)", advice);
        }
    }
}
