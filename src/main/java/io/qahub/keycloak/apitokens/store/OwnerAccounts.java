package io.qahub.keycloak.apitokens.store;

import io.qahub.keycloak.apitokens.model.OwnedToken;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads about owners who are kept in Keycloak's own database, many at once and past its user cache. */
record OwnerAccounts(EntityManager em) {
    Optional<OwnedToken> findOwned(String realmId, String prefix) {
        return em.createQuery("""
                        select t as token, u.enabled as enabled
                        from ApiTokenEntity t left join UserEntity u on u.id = t.ownerId
                        where t.realmId = :realm and t.prefix = :prefix""", Tuple.class)
                .setHint("org.hibernate.readOnly", true)
                .setParameter("realm", realmId)
                .setParameter("prefix", prefix)
                .getResultStream()
                .findFirst()
                .map(found -> new OwnedToken(
                        found.get("token", ApiTokenEntity.class).toModel(),
                        !Boolean.FALSE.equals(found.get("enabled", Boolean.class))));
    }

    Map<String, String> usernames(Collection<String> ownerIds) {
        if (ownerIds.isEmpty()) {
            return Map.of();
        }
        return em.createQuery(
                        "select u.id as id, u.username as username from UserEntity u where u.id in (:ids)", Tuple.class)
                .setParameter("ids", ownerIds)
                .getResultStream()
                .collect(Collectors.toMap(t -> t.get("id", String.class), t -> t.get("username", String.class)));
    }
}
