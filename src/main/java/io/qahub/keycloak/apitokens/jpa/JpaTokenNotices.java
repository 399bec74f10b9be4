package io.qahub.keycloak.apitokens.jpa;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ExpiryNotice;
import io.qahub.keycloak.apitokens.model.TokenNotices;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link TokenNotices} that uses Keycloak's entity manager. */
final class JpaTokenNotices implements TokenNotices {
    private final EntityManager em;
    private final LockedRows rows;

    JpaTokenNotices(EntityManager em, LockedRows rows) {
        this.em = em;
        this.rows = rows;
    }

    @Override
    public List<ApiToken> claimExpiring(String realmId, ExpiryNotice notice, Instant now, int max) {
        List<ApiToken> due = JpaApiTokenStore.models(
                em,
                JpaApiTokenStore.select(
                                em,
                                "t.realmId = :realm and t.revokedAt is null"
                                        + " and t.expiresAt > :after and t.expiresAt <= :until"
                                        + " and (t.expiryNoticeDays is null or t.expiryNoticeDays > :days)")
                        .setParameter("realm", realmId)
                        .setParameter("after", notice.nearest(now).toEpochMilli())
                        .setParameter("until", notice.horizon(now).toEpochMilli())
                        .setParameter("days", notice.days())
                        .setMaxResults(max));
        Set<String> ids = rows.lockUnlocked(due.stream().map(ApiToken::id).toList());
        if (!ids.isEmpty()) {
            JpaApiTokenStore.update(em, "t.expiryNoticeDays = :days where t.id in (:ids)")
                    .setParameter("days", notice.days())
                    .setParameter("ids", ids)
                    .executeUpdate();
        }
        return due.stream().filter(token -> ids.contains(token.id())).toList();
    }

    @Override
    public void skipExpiring(String id, @Nullable ExpiryNotice notice) {
        JpaApiTokenStore.update(em, "t.expiryNoticeDays = :days where t.id = :id")
                .setParameter("days", notice == null ? null : notice.days())
                .setParameter("id", id)
                .executeUpdate();
    }

    @Override
    public boolean claimReplacedSecret(ApiToken token, Instant now) {
        return JpaApiTokenStore.update(
                                em,
                                "t.replacedNoticeAt = :now"
                                        + " where t.id = :id and t.secretHash = :hash and t.replacedNoticeAt is null")
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("id", token.id())
                        .setParameter("hash", token.secretHash())
                        .executeUpdate()
                > 0;
    }
}
