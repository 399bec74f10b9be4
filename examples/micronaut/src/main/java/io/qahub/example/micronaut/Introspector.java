package io.qahub.example.micronaut;

import io.micronaut.context.annotation.Property;
import io.micronaut.http.BasicAuth;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import io.qahub.example.micronaut.Realm.Introspection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Introspects the token of each request at Keycloak, without a cache. Each scope of the token becomes a role. */
@Singleton
class Introspector implements TokenValidator<HttpRequest<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(Introspector.class);

    private final Realm realm;
    private final BasicAuth client;

    Introspector(
            Realm realm,
            @Property(name = "keycloak.client-id") String clientId,
            @Property(name = "keycloak.client-secret") String clientSecret) {
        this.realm = realm;
        this.client = new BasicAuth(clientId, clientSecret);
    }

    @Override
    public Publisher<Authentication> validateToken(String token, HttpRequest<?> request) {
        String callerAddress = request.getRemoteAddress().getAddress().getHostAddress();
        return Mono.from(realm.introspect(client, Map.of("token", token, "caller_address", callerAddress)))
                .filter(Introspection::active)
                .map(Introspector::authentication)
                .onErrorMap(HttpClientException.class, Introspector::unavailable);
    }

    private static Authentication authentication(Introspection token) {
        String scope = token.scope() == null ? "" : token.scope();
        return Authentication.build(token.sub(), List.of(scope.split(" ")));
    }

    private static HttpStatusException unavailable(HttpClientException failure) {
        LOG.warn("Introspection failed: {}", failure.getMessage());
        return new HttpStatusException(HttpStatus.SERVICE_UNAVAILABLE, "The token cannot be verified");
    }
}
