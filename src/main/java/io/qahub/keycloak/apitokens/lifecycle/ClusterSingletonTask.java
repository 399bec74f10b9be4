package io.qahub.keycloak.apitokens.lifecycle;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Long work for one node of the cluster at a time, started by a timer. It has a thread of its own, since Keycloak's timers
 * share one, and no transaction around it, since that would time out.
 */
record ClusterSingletonTask(KeycloakSessionFactory factory, String name, Duration every, CleanUp work) implements Runnable {
    private static final Logger LOG = Logger.getLogger(ClusterSingletonTask.class);

    /** After which another node may begin although this one has not said that it is done; Keycloak hears of nodes that die. */
    private static final Duration PATIENCE = Duration.ofHours(6);

    @Override
    public void run() {
        try (KeycloakSession session = factory.create()) {
            session.getProvider(ExecutorsProvider.class).getExecutor(name).execute(this::runAlone);
        } catch (RejectedExecutionException e) {
            LOG.debugf("%s does not run: the server is going down", name);
        }
    }

    private void runAlone() {
        try (KeycloakSession session = factory.create()) {
            int seconds = Math.toIntExact(Math.max(PATIENCE.toSeconds(), every.toSeconds()));
            session.getProvider(ClusterProvider.class).executeIfNotExecuted(name, seconds, () -> {
                work.run(factory);
                return null;
            });
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s failed; it is tried again in %d seconds", name, every.toSeconds());
        }
    }
}
