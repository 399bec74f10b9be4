package io.qahub.keycloak.apitokens.verification;

import io.qahub.keycloak.apitokens.model.AllowedNetworks;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.CallerAddress;
import io.qahub.keycloak.apitokens.model.EffectiveScopes;
import io.qahub.keycloak.apitokens.model.PreviousSecret;
import io.qahub.keycloak.apitokens.model.ReplacedSecretUsed;
import io.qahub.keycloak.apitokens.model.TokenOrganizations;
import io.qahub.keycloak.apitokens.model.TokenPolicy;
import io.qahub.keycloak.apitokens.model.TokenUsedEvent;
import io.qahub.keycloak.apitokens.model.TokenVerifier;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.model.Verification.Active;
import io.qahub.keycloak.apitokens.model.Verification.Inactive;
import io.qahub.keycloak.apitokens.model.Verification.Reason;
import io.qahub.keycloak.apitokens.token.Secret;
import io.qahub.keycloak.apitokens.token.TokenString;
import io.qahub.keycloak.apitokens.verification.BcryptExecutor.Purpose;
import io.qahub.keycloak.apitokens.verification.TokenCache.CurrentToken;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Verifies tokens with the caches of this node. Performs the checks in order, and stops at the first that rejects the token. */
public final class CachingTokenVerifier implements TokenVerifier {
    private final TokenCache tokens;
    private final VerifiedSecrets verifiedSecrets;
    private final VerificationMeters meters = new VerificationMeters();
    private final Clock clock;

    /** Creates a verifier with caches that all requests to this node share. */
    public CachingTokenVerifier(TokenCache tokens, VerifiedSecrets verifiedSecrets, Clock clock) {
        this.tokens = tokens;
        this.verifiedSecrets = verifiedSecrets;
        this.clock = clock;
    }

    @Override
    public Verification verify(
            KeycloakSession session, String input, @Nullable ClientModel resourceServer, CallerAddress address) {
        Caller caller = new Caller(resourceServer, address);
        return meters.count(() -> TokenString.parse(input)
                .map(string ->
                        verify(session, string.prefix(), caller, found -> check(session, found, string.secret())))
                .orElseGet(() -> new Inactive(Reason.MALFORMED, null, null)));
    }

    @Override
    public Optional<ApiToken> findBySecret(KeycloakSession session, String input) {
        Optional<TokenString> string = TokenString.parse(input);
        Optional<ApiToken> token = string.flatMap(parsed -> tokens.read(session, parsed.prefix()));
        Optional<Reason> rejection = meters.countRejection(() -> {
            if (token.isEmpty()) {
                return Optional.of(string.isEmpty() ? Reason.MALFORMED : Reason.UNKNOWN);
            }
            return checkSecret(session, token.get(), string.get().secret(), clock.instant(), Purpose.CHANGE).rejection;
        });
        return token.filter(found -> rejection.isEmpty());
    }

    @Override
    public Verification verifyStatus(
            KeycloakSession session, String prefix, ClientModel resourceServer, CallerAddress address) {
        return meters.count(() -> verify(
                session,
                prefix,
                new Caller(resourceServer, address),
                found -> new Check(statusRejection(session, found, clock.instant()), null)));
    }

    private Verification verify(
            KeycloakSession session, String prefix, Caller caller, Function<CurrentToken, Check> check) {
        Optional<CurrentToken> found = tokens.find(session, prefix);
        if (found.isEmpty()) {
            return new Inactive(Reason.UNKNOWN, prefix, null);
        }
        Check result = check.apply(found.get());
        return result.rejection
                .<Verification>map(reason ->
                        new Inactive(reason, prefix, found.get().token().ownerId()))
                .orElseGet(() -> accept(session, found.get(), caller, result));
    }

    /** Checks what the caller may use the token for, which a caller without its secret must not learn. */
    private Verification accept(KeycloakSession session, CurrentToken found, Caller caller, Check result) {
        ApiToken token = found.token();
        RealmModel realm = session.getContext().getRealm();
        AllowedNetworks networks = EffectiveNetworks.of(realm, token);
        Optional<Reason> rejection = caller.address.rejection(networks);
        if (rejection.isPresent()) {
            return new Inactive(rejection.get(), token.prefix(), token.ownerId());
        }
        String organization = token.organizationId();
        if (organization != null
                && TokenOrganizations.problem(session, organization, found.owner())
                        .isPresent()) {
            return new Inactive(Reason.NOT_MEMBER, token.prefix(), token.ownerId());
        }
        EffectiveScopes scopes = OwnerScopes.effective(realm, found.owner(), token.scopes(), caller.resourceServer);
        if (scopes.names().isEmpty() && caller.resourceServer != null) {
            return new Inactive(Reason.NO_SCOPE, token.prefix(), token.ownerId());
        }
        if (result.secretHash != null && tokens.isUseDue(found)) {
            session.getKeycloakSessionFactory()
                    .publish(new TokenUsedEvent(session, token, clock.instant(), caller.address));
        }
        return new Active(token, found.owner(), scopes, networks, result.secretHash);
    }

    private Check check(KeycloakSession session, CurrentToken found, Secret secret) {
        Instant now = clock.instant();
        Optional<Reason> rejection = statusRejection(session, found, now);
        return rejection.isPresent()
                ? new Check(rejection, null)
                : checkSecret(session, found.token(), secret, now, Purpose.VERIFICATION);
    }

    private static Optional<Reason> statusRejection(KeycloakSession session, CurrentToken found, Instant now) {
        if (!found.ownerEnabled() || !isServiceEnabled(session.getContext().getRealm(), found.token())) {
            return Optional.of(Reason.OWNER_DISABLED);
        }
        return switch (found.token().status(now)) {
            case ACTIVE -> isLoggedOut(session, found) ? Optional.of(Reason.LOGGED_OUT) : Optional.empty();
            case EXPIRED -> Optional.of(Reason.EXPIRED);
            case REVOKED -> Optional.of(Reason.REVOKED);
        };
    }

    /**
     * Returns whether the policy revokes the token because of a not-before time. The clean-up revokes it in the
     * database later. The times come from Keycloak's caches. As they are in seconds, a token of the same second counts
     * as older.
     */
    private static boolean isLoggedOut(KeycloakSession session, CurrentToken found) {
        RealmModel realm = session.getContext().getRealm();
        if (!TokenPolicy.revokesOnLogoutAll(realm)) {
            return false;
        }
        String clientId = found.token().clientId();
        ClientModel client = clientId == null ? null : realm.getClientById(clientId);
        int ofClient = client == null ? 0 : client.getNotBefore();
        int ofOwner = session.users().getNotBeforeOfUser(realm, found.owner());
        return found.token().createdAt().getEpochSecond()
                <= Math.max(realm.getNotBefore(), Math.max(ofOwner, ofClient));
    }

    /** A service account's token also requires an enabled client that has service accounts enabled. */
    private static boolean isServiceEnabled(RealmModel realm, ApiToken token) {
        if (token.clientId() == null) {
            return true;
        }
        ClientModel client = realm.getClientById(token.clientId());
        return client != null && client.isEnabled() && client.isServiceAccountsEnabled();
    }

    private Check checkSecret(KeycloakSession session, ApiToken token, Secret secret, Instant now, Purpose purpose) {
        Optional<PreviousSecret> match = verifiedSecrets.match(token, secret, purpose);
        if (match.isEmpty()) {
            return new Check(Optional.of(Reason.WRONG_SECRET), null);
        }
        if (now.isBefore(match.get().until())) {
            return new Check(Optional.empty(), match.get().hash());
        }
        session.getKeycloakSessionFactory().publish(new ReplacedSecretUsed(session, token));
        return new Check(Optional.of(Reason.REPLACED_SECRET), null);
    }

    /** The resource server that received the token, null if none did; and the address of the caller that sent it. */
    private record Caller(@Nullable ClientModel resourceServer, CallerAddress address) {}

    /** Why a token is rejected, empty if it is accepted; and the bcrypt hash that its secret matched, if one did. */
    private record Check(
            Optional<Reason> rejection, @Nullable String secretHash) {}
}
