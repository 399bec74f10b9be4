package io.qahub.keycloak.apitokens.keycloak;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Logs warnings about realm settings that make requests fail, each once a minute unless there are very many. */
public final class Misconfiguration {
    private static final Logger LOG = Logger.getLogger(Misconfiguration.class);
    private static final int MAX_COUNT = 1000;

    private static final Cache<String, Boolean> LOGGED = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(MAX_COUNT)
            .build();

    private Misconfiguration() {}

    /** Logs a warning that tells an administrator what to change. */
    public static void warn(String advice) {
        if (LOGGED.asMap().putIfAbsent(advice, true) == null) {
            LOG.warnf("%s (logged once a minute)", advice);
        }
    }
}
