package io.qahub.example.micronaut;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.WwwAuthenticateChallengeProvider;
import io.micronaut.security.token.reader.TokenResolver;
import jakarta.inject.Singleton;

/** The {@code WWW-Authenticate} header (RFC 6750) of responses with status 401 or 403. */
@Singleton
class Challenge implements WwwAuthenticateChallengeProvider<HttpRequest<?>> {
    private final TokenResolver<HttpRequest<?>> tokens;

    Challenge(TokenResolver<HttpRequest<?>> tokens) {
        this.tokens = tokens;
    }

    @Override
    public String getWwwAuthenticateChallenge(HttpRequest<?> request) {
        if (request.getUserPrincipal().isPresent()) {
            return "Bearer error=\"insufficient_scope\"";
        }
        return tokens.resolveToken(request).isPresent() ? "Bearer error=\"invalid_token\"" : "Bearer";
    }
}
