package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.http.TokenRepresentation.InactiveScope;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.CreatedToken;
import io.qahub.keycloak.apitokens.verification.GrantableScopes;
import io.qahub.keycloak.apitokens.verification.OwnerScopes;
import io.qahub.keycloak.apitokens.verification.OwnerScopes.Problem;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Creates representations of tokens for one response. */
public final class TokenRenderer {
    private final GrantableScopes grantable;
    private final Clock clock;
    private final Function<String, Optional<UserModel>> lookup;
    private final Map<String, Optional<OwnerScopes>> byOwner = new HashMap<>();

    /**
     * Creates a renderer.
     *
     * @param lookup returns the owner with this id; empty if it cannot be found. Called only if an owner's roles matter
     */
    public TokenRenderer(RealmModel realm, Clock clock, Function<String, Optional<UserModel>> lookup) {
        this.grantable = GrantableScopes.of(realm);
        this.clock = clock;
        this.lookup = lookup;
    }

    /** Creates a renderer for the tokens of one owner. */
    public TokenRenderer(RealmModel realm, Clock clock, UserModel owner) {
        this(realm, clock, id -> Optional.of(owner));
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
        return TokenRepresentation.of(token, clock.instant(), inactiveScopes(token), tokenString);
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
        Optional<OwnerScopes> owner =
                byOwner.computeIfAbsent(token.ownerId(), id -> lookup.apply(id).map(grantable::of));
        return owner.isPresent()
                ? owner.get().problem(name)
                : Stream.of(Problem.NOT_GRANTABLE)
                        .filter(problem -> !grantable.contains(name))
                        .findFirst();
    }
}
