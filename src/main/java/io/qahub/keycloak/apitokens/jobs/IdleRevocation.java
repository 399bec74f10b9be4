package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Revokes the idle tokens of a realm in batches, oldest first. */
final class IdleRevocation {
    private final Instant now;
    private final int batch;

    /** Tokens created earlier have been processed. */
    private Instant createdFrom = Instant.EPOCH;

    IdleRevocation(Instant now, int batch) {
        this.now = now;
        this.batch = batch;
    }

    /** Revokes the next batch; returns its size. */
    int revokeBatch(KeycloakSession session, int idleDays) {
        RealmModel realm = session.getContext().getRealm();
        Instant since = now.minus(Duration.ofDays(idleDays));
        List<ApiToken> idle = session.getProvider(ApiTokens.class).revokeIdle(realm, since, createdFrom, batch);
        if (!idle.isEmpty()) {
            createdFrom = idle.get(idle.size() - 1).createdAt();
        }
        return idle.size();
    }
}
