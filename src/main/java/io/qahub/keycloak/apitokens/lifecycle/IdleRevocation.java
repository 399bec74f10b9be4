package io.qahub.keycloak.apitokens.lifecycle;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** One walk through a realm's tokens, oldest first, that revokes those not used for long. */
final class IdleRevocation {
    private final Instant now;
    private final int batch;

    /** Those created before were looked at already. */
    private Instant createdFrom = Instant.EPOCH;

    IdleRevocation(Instant now, int batch) {
        this.now = now;
        this.batch = batch;
    }

    /** Revokes the next batch; returns how many tokens it had. */
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
