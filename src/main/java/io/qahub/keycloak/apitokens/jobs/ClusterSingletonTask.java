package io.qahub.keycloak.apitokens.jobs;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * A periodic task that runs on one node of the cluster at a time. It has its own thread, as Keycloak's timers share
 * one, and no surrounding transaction, which would time out.
 */
record ClusterSingletonTask(KeycloakSessionFactory factory, String name, Duration interval, CleanUp task)
        implements Runnable {
    private static final Logger LOG = Logger.getLogger(ClusterSingletonTask.class);

    /**
     * Time after which another node may start even if the lock has not been released. Keycloak releases the lock of a
     * node that has left the cluster, except with external caches.
     */
    private static final Duration TIMEOUT = Duration.ofHours(6);

    @Override
    public void run() {
        try (KeycloakSession session = factory.create()) {
            session.getProvider(ExecutorsProvider.class).getExecutor(name).execute(this::runAlone);
        } catch (RejectedExecutionException e) {
            LOG.debugf("%s does not run because the server is shutting down", name);
        }
    }

    private void runAlone() {
        try (KeycloakSession session = factory.create()) {
            int seconds = Math.toIntExact(Math.max(TIMEOUT.toSeconds(), interval.toSeconds()));
            session.getProvider(ClusterProvider.class).executeIfNotExecuted(name, seconds, () -> {
                task.run(factory);
                return null;
            });
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s failed; retrying in %d seconds", name, interval.toSeconds());
        }
    }
}
