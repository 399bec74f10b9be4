package io.qahub.keycloak.apitokens.verification;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.PreviousSecret;
import io.qahub.keycloak.apitokens.model.ReplacedSecretUsed;
import io.qahub.keycloak.apitokens.model.TokenUsedEvent;
import io.qahub.keycloak.apitokens.model.TokenVerifier;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.model.Verification.Active;
import io.qahub.keycloak.apitokens.model.Verification.Inactive;
import io.qahub.keycloak.apitokens.model.Verification.Reason;
import io.qahub.keycloak.apitokens.token.Secret;
import io.qahub.keycloak.apitokens.token.TokenString;
import io.qahub.keycloak.apitokens.verification.TokenCache.CurrentToken;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Verifies tokens with the caches of this node. Performs the checks in the order of increasing cost. */
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
    public Verification verify(KeycloakSession session, String input) {
        return verifySecretOf(session, input, this::rejection);
    }

    @Override
    public Optional<ApiToken> findBySecret(KeycloakSession session, String input) {
        Optional<TokenString> string = TokenString.parse(input);
        Optional<ApiToken> token = string.flatMap(parsed -> tokens.read(session, parsed.prefix()));
        Optional<Reason> rejection = meters.countRejection(() -> {
            if (token.isEmpty()) {
                return Optional.of(string.isEmpty() ? Reason.MALFORMED : Reason.UNKNOWN);
            }
            return secretRejection(session, token.get(), string.get().secret(), clock.instant());
        });
        return token.filter(found -> rejection.isEmpty());
    }

    @Override
    public Verification verifyStatus(KeycloakSession session, String prefix) {
        return meters.count(() -> verify(session, prefix, found -> statusRejection(session, found, clock.instant())));
    }

    private Verification verifySecretOf(KeycloakSession session, String input, SecretCheck check) {
        return meters.count(() -> TokenString.parse(input)
                .map(string ->
                        verify(session, string.prefix(), found -> check.rejection(session, found, string.secret())))
                .orElseGet(() -> new Inactive(Reason.MALFORMED, null, null)));
    }

    private Verification verify(
            KeycloakSession session, String prefix, Function<CurrentToken, Optional<Reason>> check) {
        Optional<CurrentToken> found = tokens.find(session, prefix);
        if (found.isEmpty()) {
            return new Inactive(Reason.UNKNOWN, prefix, null);
        }
        ApiToken token = found.get().token();
        return check.apply(found.get())
                .<Verification>map(reason -> new Inactive(reason, prefix, token.ownerId()))
                .orElseGet(() -> new Active(token, found.get().owner()));
    }

    private Optional<Reason> rejection(KeycloakSession session, CurrentToken found, Secret secret) {
        Instant now = clock.instant();
        Optional<Reason> rejection =
                statusRejection(session, found, now).or(() -> secretRejection(session, found.token(), secret, now));
        if (rejection.isEmpty() && found.isUseDue(now)) {
            session.getKeycloakSessionFactory().publish(new TokenUsedEvent(session, found.token(), now));
        }
        return rejection;
    }

    private static Optional<Reason> statusRejection(KeycloakSession session, CurrentToken found, Instant now) {
        if (!found.ownerEnabled() || !isServiceEnabled(session.getContext().getRealm(), found.token())) {
            return Optional.of(Reason.OWNER_DISABLED);
        }
        return switch (found.token().status(now)) {
            case ACTIVE -> Optional.empty();
            case EXPIRED -> Optional.of(Reason.EXPIRED);
            case REVOKED -> Optional.of(Reason.REVOKED);
        };
    }

    /** A service account's token also requires an enabled client that has service accounts enabled. */
    private static boolean isServiceEnabled(RealmModel realm, ApiToken token) {
        if (token.clientId() == null) {
            return true;
        }
        ClientModel client = realm.getClientById(token.clientId());
        return client != null && client.isEnabled() && client.isServiceAccountsEnabled();
    }

    private Optional<Reason> secretRejection(KeycloakSession session, ApiToken token, Secret secret, Instant now) {
        List<PreviousSecret> secrets = Stream.concat(
                        Stream.of(new PreviousSecret(token.secretHash(), Instant.MAX)),
                        token.previousSecrets().stream())
                .toList();
        Optional<PreviousSecret> match = verifiedSecrets.match(secret, secrets);
        if (match.isEmpty()) {
            return Optional.of(Reason.WRONG_SECRET);
        }
        if (now.isBefore(match.get().until())) {
            return Optional.empty();
        }
        session.getKeycloakSessionFactory().publish(new ReplacedSecretUsed(session, token));
        return Optional.of(Reason.REPLACED_SECRET);
    }

    /** Returns why a token with this secret is rejected; empty if it is accepted. */
    private interface SecretCheck {
        Optional<Reason> rejection(KeycloakSession session, CurrentToken found, Secret secret);
    }
}
