package io.qahub.keycloak.apitokens.store;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;

/** Deletes tokens: those long inactive, and those whose owner, client or realm goes. */
record TokenDeletions(EntityManager em) {
    int inactive(String realmId, Instant end, int max) {
        int revoked = ended("revokedAt", realmId, end, max);
        return revoked + (revoked < max ? ended("expiresAt", realmId, end, max - revoked) : 0);
    }

    /** One column at a time, in the order of its index: a condition on either would look at all that is due each time. */
    private int ended(String column, String realmId, Instant end, int max) {
        List<String> ids = em.createQuery(
                        "select t.id from ApiTokenEntity t where t.realmId = :realm and t.%1$s < :end order by t.%1$s"
                                .formatted(column),
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("end", end.toEpochMilli())
                .setMaxResults(max)
                .getResultList();
        return ids.isEmpty()
                ? 0
                : em.createQuery("delete from ApiTokenEntity t where t.id in (:ids)")
                        .setParameter("ids", ids)
                        .executeUpdate();
    }

    void ofOwner(String realmId, String ownerId) {
        of("ownerId", realmId, ownerId);
    }

    void ofClient(String realmId, String clientId) {
        of("clientId", realmId, clientId);
    }

    private void of(String field, String realmId, String value) {
        em.createQuery("delete from ApiTokenEntity t where t.realmId = :realm and t." + field + " = :value")
                .setParameter("realm", realmId)
                .setParameter("value", value)
                .executeUpdate();
    }

    void ofRealm(String realmId) {
        em.createQuery("delete from ApiTokenEntity t where t.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
