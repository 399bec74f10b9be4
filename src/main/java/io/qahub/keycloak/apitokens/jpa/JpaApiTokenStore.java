package io.qahub.keycloak.apitokens.jpa;

import io.qahub.keycloak.apitokens.model.AllowedNetworks;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokenStore;
import io.qahub.keycloak.apitokens.model.DigestUpdate;
import io.qahub.keycloak.apitokens.model.OwnedToken;
import io.qahub.keycloak.apitokens.model.PreviousSecret;
import io.qahub.keycloak.apitokens.model.RequestKey;
import io.qahub.keycloak.apitokens.model.TokenDeletion;
import io.qahub.keycloak.apitokens.model.TokenLists;
import io.qahub.keycloak.apitokens.model.TokenNotices;
import io.qahub.keycloak.apitokens.model.TokenTexts;
import io.qahub.keycloak.apitokens.model.TokenUse;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.StorageId;

/** {@link ApiTokenStore} that uses Keycloak's entity manager. */
public final class JpaApiTokenStore implements ApiTokenStore {
    private static final String FROM = "from ApiTokenEntity t";

    /**
     * A user with the id of a token's owner who was created later is another user. Times of different nodes are
     * compared, whose clocks may differ by {@link #CLOCK_TOLERANCE}.
     */
    static final String IS_OLDER_THAN_OWNER = "u.createdTimestamp > t.createdAt + :tolerance";

    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private final EntityManager em;
    private final LockedRows rows;

    /** Creates a store that uses the entity manager of a session. */
    public JpaApiTokenStore(EntityManager em) {
        this.em = em;
        this.rows = new LockedRows(em);
    }

    @Override
    public TokenLists lists() {
        return new ManyOwners(new JpaTokenLists(em));
    }

    @Override
    public TokenDeletion deletion() {
        return new JpaTokenDeletion(em, rows);
    }

    @Override
    public TokenNotices notices() {
        return new JpaTokenNotices(em, rows);
    }

    /** Keycloak's transactions take a connection at the first statement and keep it until they end. */
    @Override
    public boolean hasConnection() {
        return em.unwrap(SharedSessionContractImplementor.class)
                .getJdbcCoordinator()
                .getLogicalConnection()
                .isPhysicallyConnected();
    }

    /** By default, MySQL and MariaDB read as of the first query of the transaction. */
    @Override
    public boolean seesLatestCommits() {
        return !(em.unwrap(SharedSessionContractImplementor.class)
                        .getJdbcServices()
                        .getDialect()
                instanceof MySQLDialect);
    }

    /** Keycloak locks the row of a user before it deletes the user, and we delete the tokens after that. */
    @Override
    public boolean insert(ApiToken token, @Nullable RequestKey key) {
        if (StorageId.isLocalStorage(token.ownerId()) && !lockOwner(token.ownerId())) {
            return false;
        }
        ApiTokenEntity row = ApiTokenEntity.of(token);
        row.creationKey = key == null ? token.id() : key.hash();
        em.persist(row);
        em.flush();
        return true;
    }

    @Override
    public Optional<ApiToken> findCreated(String realmId, RequestKey key) {
        return models(
                        em,
                        select("t.realmId = :realm and t.creationKey = :key")
                                .setParameter("realm", realmId)
                                .setParameter("key", key.hash()))
                .stream()
                .findFirst();
    }

    @Override
    public boolean isRotatedBy(ApiToken token, RequestKey key) {
        return rows.lock(List.of(token.id())).stream()
                .anyMatch(row -> key.hash().equals(row.rotationKey));
    }

    private boolean lockOwner(String id) {
        return !em.createQuery("from UserEntity u where u.id = :id", UserEntity.class)
                .setLockMode(LockModeType.PESSIMISTIC_READ)
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }

    @Override
    public Optional<ApiToken> findByPrefix(String realmId, String prefix) {
        return models(
                        em,
                        select("t.realmId = :realm and t.prefix = :prefix")
                                .setParameter("realm", realmId)
                                .setParameter("prefix", prefix))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<ApiToken> find(String realmId, String id) {
        return models(
                        em,
                        select("t.realmId = :realm and t.id = :id")
                                .setParameter("realm", realmId)
                                .setParameter("id", id))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<OwnedToken> findOwned(String realmId, String prefix) {
        return em.createQuery("""
                        select t as token,
                          case when u.enabled = false or %s then false else true end as enabled
                        from ApiTokenEntity t left join UserEntity u on u.id = t.ownerId
                        where t.realmId = :realm and t.prefix = :prefix""".formatted(IS_OLDER_THAN_OWNER), Tuple.class)
                .setHint("org.hibernate.readOnly", true)
                .setParameter("tolerance", CLOCK_TOLERANCE.toMillis())
                .setParameter("realm", realmId)
                .setParameter("prefix", prefix)
                .getResultStream()
                .findFirst()
                .map(found -> new OwnedToken(
                        model(em, found.get("token", ApiTokenEntity.class)), found.get("enabled", Boolean.class)));
    }

    @Override
    public Set<String> revoke(String realmId, Collection<String> ids, Instant now) {
        List<ApiTokenEntity> locked = rows.lock(ids);
        Set<String> revocable = locked.stream()
                .filter(row -> row.realmId.equals(realmId) && row.revokedAt == null)
                .map(row -> row.id)
                .collect(Collectors.toSet());
        for (List<String> batch : Batches.of(revocable)) {
            update("t.revokedAt = :now where t.id in (:ids)")
                    .setParameter("now", now.toEpochMilli())
                    .setParameter("ids", batch)
                    .executeUpdate();
        }
        return revocable;
    }

    @Override
    public boolean rotate(ApiToken before, ApiToken rotated, @Nullable RequestKey key) {
        ApiTokenEntity row = ApiTokenEntity.of(rotated);
        return update("""
                        t.secretHash = :new, t.secretDigest = :digest, t.previousSecrets = :previous,
                        t.expiresAt = :expires, t.replacedNoticeAt = null, t.rotationKey = :key
                        where t.id = :id and t.revokedAt is null
                          and t.secretHash = :old and coalesce(t.previousSecrets, '-') = :replaced""")
                        .setParameter("new", row.secretHash)
                        .setParameter("digest", row.secretDigest)
                        .setParameter("previous", row.previousSecrets)
                        .setParameter("expires", row.expiresAt)
                        .setParameter("key", key == null ? null : key.hash())
                        .setParameter("id", row.id)
                        .setParameter("old", before.secretHash())
                        .setParameter(
                                "replaced",
                                Objects.requireNonNullElse(PreviousSecrets.join(before.previousSecrets()), "-"))
                        .executeUpdate()
                > 0;
    }

    @Override
    public boolean updatePreviousSecrets(ApiToken before, List<PreviousSecret> secrets) {
        return update("t.previousSecrets = :previous where t.id = :id and t.secretHash = :hash")
                        .setParameter("previous", PreviousSecrets.join(secrets))
                        .setParameter("id", before.id())
                        .setParameter("hash", before.secretHash())
                        .executeUpdate()
                > 0;
    }

    @Override
    public Optional<ApiToken> edit(ApiToken token, TokenTexts texts, Optional<AllowedNetworks> networks) {
        Query query = update("t.name = :name, t.description = :description"
                        + (networks.isPresent() ? ", t.allowedNetworks = :networks" : "")
                        + " where t.id = :id and t.revokedAt is null")
                .setParameter("name", texts.name())
                .setParameter("description", texts.description())
                .setParameter("id", token.id());
        networks.ifPresent(chosen -> query.setParameter("networks", AllowedNetworks.join(chosen)));
        return query.executeUpdate() > 0
                // Locked, because MySQL and MariaDB otherwise read as of the first query of the transaction.
                ? rows.lock(List.of(token.id())).stream()
                        .map(ApiTokenEntity::toModel)
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public int shorten(String realmId, Collection<String> ids, Instant latest) {
        rows.lock(ids);
        return Batches.of(ids).stream()
                .mapToInt(batch -> update("t.expiresAt = :latest where t.realmId = :realm and t.id in (:ids)"
                                + " and (t.expiresAt is null or t.expiresAt > :latest)")
                        .setParameter("latest", latest.toEpochMilli())
                        .setParameter("realm", realmId)
                        .setParameter("ids", batch)
                        .executeUpdate())
                .sum();
    }

    /** Skips rows that another transaction has locked: a transaction that never waits cannot deadlock. */
    @Override
    public List<TokenUse> touch(Collection<TokenUse> uses, Duration apart) {
        Map<String, TokenUse> byToken = uses.stream().collect(Collectors.toMap(TokenUse::tokenId, Function.identity()));
        return em.createQuery(FROM + " where t.id in (:ids)", ApiTokenEntity.class)
                .setParameter("ids", byToken.keySet())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setHint(LockedRows.TIMEOUT, LockedRows.SKIP_LOCKED)
                .getResultStream()
                .map(row -> row.touch(Objects.requireNonNull(byToken.get(row.id)), apart))
                .toList();
    }

    /** One statement each: if a JDBC batch fails, the message of some drivers contains the values. */
    @Override
    public List<DigestUpdate> updateDigests(Collection<DigestUpdate> updates) {
        Set<String> ids =
                rows.lockUnlocked(updates.stream().map(DigestUpdate::tokenId).toList());
        List<DigestUpdate> unlocked = updates.stream()
                .filter(update -> ids.contains(update.tokenId()))
                .toList();
        for (DigestUpdate update : unlocked) {
            update("t.secretDigest = :digest where t.id = :id and t.secretHash = :hash")
                    .setParameter("digest", update.digest())
                    .setParameter("id", update.tokenId())
                    .setParameter("hash", update.secretHash())
                    .executeUpdate();
        }
        return unlocked;
    }

    @Override
    public List<ApiToken> findIdle(String realmId, Instant since, Instant createdFrom, int max) {
        return models(
                em,
                select("t.realmId = :realm and t.revokedAt is null"
                                + " and t.createdAt >= :from and t.createdAt < :since"
                                + " and (t.lastUsedAt is null or t.lastUsedAt < :since) order by t.createdAt")
                        .setParameter("realm", realmId)
                        .setParameter("from", createdFrom.toEpochMilli())
                        .setParameter("since", since.toEpochMilli())
                        .setMaxResults(max));
    }

    @Override
    public List<ApiToken> findLoggedOut(String realmId, Instant end, @Nullable ApiToken after, int max) {
        TypedQuery<ApiTokenEntity> query = em.createQuery(
                        """
                        select t from ApiTokenEntity t
                          left join UserEntity u on u.id = t.ownerId
                          left join ClientEntity c on c.id = t.clientId
                        where t.realmId = :realm and t.revokedAt is null
                          and (t.createdAt < :end
                            or t.createdAt < (cast(u.notBefore as Long) + 1) * 1000
                            or t.createdAt < (cast(c.notBefore as Long) + 1) * 1000)
                          %s
                        order by t.ownerId, t.id""".formatted(
                                after == null ? "" : "and t.ownerId >= :owner and (t.ownerId > :owner or t.id > :id)"),
                        ApiTokenEntity.class)
                .setHint("org.hibernate.readOnly", true)
                .setParameter("realm", realmId)
                .setParameter("end", end.toEpochMilli());
        if (after != null) {
            query.setParameter("owner", after.ownerId()).setParameter("id", after.id());
        }
        return models(em, query.setMaxResults(max));
    }

    private TypedQuery<ApiTokenEntity> select(String condition) {
        return select(em, condition);
    }

    private Query update(String assignments) {
        return update(em, assignments);
    }

    /** Creates a query for tokens that are only read. */
    static TypedQuery<ApiTokenEntity> select(EntityManager em, String condition) {
        return em.createQuery(FROM + " where " + condition, ApiTokenEntity.class)
                .setHint("org.hibernate.readOnly", true);
    }

    /** Creates a query that changes tokens. */
    static Query update(EntityManager em, String assignments) {
        return em.createQuery("update ApiTokenEntity t set " + assignments);
    }

    /** Returns the results of a query. */
    static List<ApiToken> models(EntityManager em, TypedQuery<ApiTokenEntity> query) {
        return query.getResultStream().map(row -> model(em, row)).toList();
    }

    /** Detaches the row, so that the next query reads it again. */
    private static ApiToken model(EntityManager em, ApiTokenEntity row) {
        em.detach(row);
        return row.toModel();
    }
}
