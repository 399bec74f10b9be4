package io.qahub.keycloak.apitokens.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads about owners who are kept in Keycloak's own database, many at once and past its user cache. */
record OwnerAccounts(EntityManager em) {
    Optional<Boolean> isEnabled(String ownerId) {
        return em.createQuery("select u.enabled from UserEntity u where u.id = :id", Boolean.class)
                .setParameter("id", ownerId)
                .getResultStream()
                .findFirst();
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
