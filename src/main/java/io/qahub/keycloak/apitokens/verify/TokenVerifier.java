package io.qahub.keycloak.apitokens.verify;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ReplacedSecretUsed;
import io.qahub.keycloak.apitokens.model.TokenUsedEvent;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.model.Verification.Active;
import io.qahub.keycloak.apitokens.model.Verification.Inactive;
import io.qahub.keycloak.apitokens.model.Verification.Reason;
import io.qahub.keycloak.apitokens.token.TokenString;
import io.qahub.keycloak.apitokens.verify.TokenRows.Found;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Decides whether a token string is good, cheapest question first; see DESIGN.md, section 5. */
public final class TokenVerifier implements Provider {
    private final KeycloakSession session;
    private final TokenRows rows;
    private final SecretProofs proofs;
    private final VerificationMeters meters;
    private final Clock clock;

    TokenVerifier(
            KeycloakSession session, TokenRows rows, SecretProofs proofs, VerificationMeters meters, Clock clock) {
        this.session = session;
        this.rows = rows;
        this.proofs = proofs;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Returns the verdict on {@code input} in {@code realm}.
     *
     * @throws VerificationBusyException if too many unproven secrets are waiting for bcrypt
     */
    public Verification verify(RealmModel realm, String input) {
        return meters.count(() -> judge(realm, input));
    }

    private Verification judge(RealmModel realm, String input) {
        Optional<TokenString> parsed = TokenString.parse(input);
        if (parsed.isEmpty()) {
            return new Inactive(Reason.MALFORMED, null, null);
        }
        TokenString tokenString = parsed.get();
        return rows.find(session, realm, tokenString.prefix())
                .map(found -> judge(realm, found, tokenString))
                .orElseGet(() -> new Inactive(Reason.UNKNOWN, tokenString.prefix(), null));
    }

    /**
     * Returns the token whose secret {@code input} holds, good or not: whoever holds it may have it revoked. No use is noted.
     *
     * @throws VerificationBusyException if too many unproven secrets are waiting for bcrypt
     */
    public Optional<ApiToken> findHeld(RealmModel realm, String input) {
        return TokenString.parse(input).flatMap(tokenString -> rows.find(session, realm, tokenString.prefix())
                .map(Found::token)
                .filter(token -> objection(token, tokenString, clock.instant()).isEmpty()));
    }

    /** Returns the verdict on the token of this prefix for whoever holds something that was obtained with it. No use is noted. */
    public Verification judgeWithoutSecret(RealmModel realm, String prefix) {
        Optional<Found> found = rows.find(session, realm, prefix);
        if (found.isEmpty()) {
            return new Inactive(Reason.UNKNOWN, prefix, null);
        }
        ApiToken token = found.get().token();
        return objection(realm, found.get(), clock.instant())
                .<Verification>map(reason -> new Inactive(reason, prefix, token.ownerId()))
                .orElseGet(() -> new Active(token, found.get().owner()));
    }

    private Verification judge(RealmModel realm, Found found, TokenString tokenString) {
        ApiToken token = found.token();
        Instant now = clock.instant();
        Optional<Reason> objection = objection(realm, found, now).or(() -> objection(token, tokenString, now));
        if (objection.isPresent()) {
            return new Inactive(objection.get(), token.prefix(), token.ownerId());
        }
        if (found.isUseWorthNoting(now)) {
            session.getKeycloakSessionFactory().publish(new TokenUsedEvent(session, token, now));
        }
        return new Active(token, found.owner());
    }

    private static Optional<Reason> objection(RealmModel realm, Found found, Instant now) {
        if (!found.ownerEnabled() || !isServiceEnabled(realm, found.token())) {
            return Optional.of(Reason.OWNER_DISABLED);
        }
        return switch (found.token().status(now)) {
            case ACTIVE -> Optional.empty();
            case EXPIRED -> Optional.of(Reason.EXPIRED);
            case REVOKED -> Optional.of(Reason.REVOKED);
        };
    }

    private Optional<Reason> objection(ApiToken token, TokenString tokenString, Instant now) {
        Map<String, Instant> ends = new LinkedHashMap<>();
        ends.put(token.secretHash(), Instant.MAX);
        token.previousSecrets().forEach(previous -> ends.put(previous.hash(), previous.until()));
        Optional<String> hash = proofs.match(tokenString.secret(), List.copyOf(ends.keySet()));
        if (hash.isEmpty()) {
            return Optional.of(Reason.WRONG_SECRET);
        }
        if (now.isBefore(ends.get(hash.get()))) {
            return Optional.empty();
        }
        session.getKeycloakSessionFactory().publish(new ReplacedSecretUsed(session, token));
        return Optional.of(Reason.REPLACED_SECRET);
    }

    /** A service account is as good as its client. */
    private static boolean isServiceEnabled(RealmModel realm, ApiToken token) {
        if (token.clientId() == null) {
            return true;
        }
        ClientModel client = realm.getClientById(token.clientId());
        return client != null && client.isEnabled() && client.isServiceAccountsEnabled();
    }

    @Override
    public void close() {}
}
