package io.qahub.keycloak.apitokens.verify;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.TokenStatus;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.model.Verification.Active;
import io.qahub.keycloak.apitokens.model.Verification.Inactive;
import io.qahub.keycloak.apitokens.model.Verification.Reason;
import io.qahub.keycloak.apitokens.token.TokenString;
import java.time.Clock;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/** Decides whether a token string is good, cheapest question first; see DESIGN.md, section 5. */
public final class TokenVerifier implements Provider {
    private final KeycloakSession session;
    private final OwnerIds ownerIds;
    private final TokenRows rows;
    private final SecretProofs proofs;
    private final Clock clock;

    TokenVerifier(KeycloakSession session, OwnerIds ownerIds, TokenRows rows, SecretProofs proofs, Clock clock) {
        this.session = session;
        this.ownerIds = ownerIds;
        this.rows = rows;
        this.proofs = proofs;
        this.clock = clock;
    }

    /**
     * Returns the verdict on {@code input} in {@code realm}.
     *
     * @throws VerificationBusyException if too many unproven secrets are waiting for bcrypt
     */
    public Verification verify(RealmModel realm, String input) {
        Optional<TokenString> parsed = TokenString.parse(input);
        if (parsed.isEmpty()) {
            return new Inactive(Reason.MALFORMED, null, null);
        }
        TokenString tokenString = parsed.get();
        String prefix = tokenString.prefix();
        return ownerIds.remembered(realm, prefix)
                .flatMap(ownerId -> find(realm, ownerId, prefix))
                // Not remembered, or a purged prefix was drawn again by someone else.
                .or(() -> ownerIds.read(session, realm, prefix).flatMap(ownerId -> find(realm, ownerId, prefix)))
                .map(found -> judge(realm, found, tokenString))
                .orElseGet(() -> new Inactive(Reason.UNKNOWN, prefix, null));
    }

    /** The order matters: the row is read after the owner was taken from the cache, and attached to that very object. */
    private Optional<Found> find(RealmModel realm, String ownerId, String prefix) {
        return Optional.ofNullable(session.users().getUserById(realm, ownerId))
                .flatMap(owner -> Optional.ofNullable(rows.find(session, realm, owner, prefix))
                        .filter(token -> token.ownerId().equals(ownerId))
                        .map(token -> new Found(token, owner)));
    }

    private Verification judge(RealmModel realm, Found found, TokenString tokenString) {
        ApiToken token = found.token();
        if (!found.owner().isEnabled() || !isServiceEnabled(realm, token)) {
            return new Inactive(Reason.OWNER_DISABLED, token.prefix(), token.ownerId());
        }
        TokenStatus status = token.status(clock.instant());
        if (status != TokenStatus.ACTIVE) {
            Reason reason = status == TokenStatus.REVOKED ? Reason.REVOKED : Reason.EXPIRED;
            return new Inactive(reason, token.prefix(), token.ownerId());
        }
        if (!proofs.prove(tokenString.secret(), token.secretHash())) {
            return new Inactive(Reason.WRONG_SECRET, token.prefix(), token.ownerId());
        }
        return new Active(token, found.owner());
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

    private record Found(ApiToken token, UserModel owner) {}
}
