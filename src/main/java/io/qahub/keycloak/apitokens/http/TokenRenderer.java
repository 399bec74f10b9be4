package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.http.TokenRepresentation.InactiveScope;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.CreatedToken;
import io.qahub.keycloak.apitokens.model.TokenOrganizations;
import io.qahub.keycloak.apitokens.verification.GrantableScopes;
import io.qahub.keycloak.apitokens.verification.OwnerScopes;
import io.qahub.keycloak.apitokens.verification.OwnerScopes.Problem;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Creates representations of tokens for one response. */
public final class TokenRenderer {
    private final KeycloakSession session;
    private final GrantableScopes grantable;
    private final Clock clock;
    private final Function<String, Optional<UserModel>> lookup;
    private final Map<String, Optional<UserModel>> owners = new HashMap<>();
    private final Map<String, OwnerScopes> scopes = new HashMap<>();

    /**
     * Creates a renderer.
     *
     * @param lookup returns the owner with this id; empty if it cannot be found. Called only if an owner's roles matter
     */
    public TokenRenderer(
            KeycloakSession session, RealmModel realm, Clock clock, Function<String, Optional<UserModel>> lookup) {
        this.session = session;
        this.grantable = GrantableScopes.of(realm);
        this.clock = clock;
        this.lookup = lookup;
    }

    /** Creates a renderer for the tokens of one owner. */
    public TokenRenderer(KeycloakSession session, RealmModel realm, Clock clock, UserModel owner) {
        this(session, realm, clock, id -> Optional.of(owner));
    }

    /** Creates a representation without the token string. */
    public TokenRepresentation render(ApiToken token) {
        return render(token, null);
    }

    /** Creates a representation with the token string, for responses to creation and rotation. */
    public TokenRepresentation render(CreatedToken created) {
        return render(created.token(), created.tokenString().reveal());
    }

    private TokenRepresentation render(ApiToken token, @Nullable String tokenString) {
        String organization = token.organizationId();
        return TokenRepresentation.of(
                token,
                clock.instant(),
                organization == null ? null : TokenOrganizations.alias(session, organization),
                organization == null ? null : inactiveOrganization(token, organization),
                inactiveScopes(token),
                tokenString);
    }

    private @Nullable String inactiveOrganization(ApiToken token, String organization) {
        return owner(token)
                .flatMap(owner -> TokenOrganizations.problem(session, organization, owner))
                .map(problem -> problem.name().toLowerCase(Locale.ROOT))
                .orElse(null);
    }

    private Optional<UserModel> owner(ApiToken token) {
        return owners.computeIfAbsent(token.ownerId(), lookup);
    }

    private List<InactiveScope> inactiveScopes(ApiToken token) {
        return token.scopes().stream()
                .flatMap(name -> problem(token, name).map(problem -> InactiveScope.of(name, problem)).stream())
                .toList();
    }

    private Optional<Problem> problem(ApiToken token, String name) {
        if (grantable.contains(name) && grantable.clientScope(name).isEmpty()) {
            return Optional.empty(); // built in, so that no role is required
        }
        if (!grantable.contains(name)) {
            return Optional.of(Problem.NOT_GRANTABLE);
        }
        return owner(token).flatMap(owner -> scopes.computeIfAbsent(token.ownerId(), id -> grantable.of(owner))
                .problem(name));
    }
}
