package io.qahub.keycloak.apitokens.oidc.signin;

import io.qahub.keycloak.apitokens.http.HeaderValue;
import io.qahub.keycloak.apitokens.http.PresentedToken;
import io.qahub.keycloak.apitokens.keycloak.BasicCredentials;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.Scopes;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.oidc.RestrictedAccessToken;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.protocol.docker.DockerAuthV2Protocol;
import org.keycloak.protocol.docker.mapper.AllowAllDockerProtocolMapper;

/** Keycloak's docker endpoint: {@code docker login} with the API token as the password. */
record DockerContext(AuthenticationFlowContext context) implements SignInContext {
    /** The time that may pass until Keycloak creates the docker token. */
    private static final int LEEWAY_SECONDS = 10;

    @Override
    public Credentials credentials() {
        HttpHeaders headers = context.getHttpRequest().getHttpHeaders();
        String header = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
        String[] pair = header == null ? null : BasicCredentials.parse(header);
        return Credentials.of(
                pair == null ? null : pair[0], PresentedToken.of(headers).orElse(null));
    }

    /** A docker token has the realm's access token lifespan, and all access that the client's mappers add. */
    @Override
    public Optional<String> rejectionReason() {
        if (context.getRealm().getAccessTokenLifespan() > RestrictedAccessToken.MAX_LIFETIME.toSeconds()) {
            return Optional.of("Set the realm's Access Token Lifespan to five minutes or less.");
        }
        boolean onlyAllowAll = context.getAuthenticationSession()
                .getClient()
                .getProtocolMappersStream()
                .map(ProtocolMapperModel::getProtocolMapper)
                .allMatch(AllowAllDockerProtocolMapper.PROVIDER_ID::equals);
        return onlyAllowAll ? Optional.empty() : Optional.of("Remove all mappers except Allow All from this client.");
    }

    /** Pulling requires read, all other actions require write. The docker token must not outlive the API token. */
    @Override
    public Optional<SortedSet<String>> grant(Verification.Active active) {
        ApiToken token = active.token();
        Instant end = Instant.now().plusSeconds(context.getRealm().getAccessTokenLifespan() + LEEWAY_SECONDS);
        if (token.expiresAt() != null && token.expiresAt().isBefore(end)) {
            return Optional.empty();
        }
        SortedSet<String> needed = new TreeSet<>();
        requestedActions().forEach(action -> needed.add(action.equals("pull") ? Scopes.READ : Scopes.WRITE));
        return active.scopes().names().containsAll(needed) ? Optional.of(needed) : Optional.empty();
    }

    /** Returns the actions of each scope {@code type:name:action,action}; malformed ones result in unknown actions. */
    private Stream<String> requestedActions() {
        List<String> scopes = context.getUriInfo().getQueryParameters().get(DockerAuthV2Protocol.SCOPE_PARAM);
        return Stream.ofNullable(scopes)
                .flatMap(List::stream)
                .flatMap(scope -> Arrays.stream(scope.split(" ", -1)))
                .filter(scope -> !scope.isEmpty())
                .map(scope -> scope.substring(scope.lastIndexOf(':') + 1))
                .flatMap(actions -> Arrays.stream(actions.split(",", -1)));
    }

    @Override
    public Optional<Response> challenge() {
        return Optional.of(unauthorized("UNAUTHORIZED", "Sign in with an API token as the password."));
    }

    @Override
    public Response errorResponse(String error, String description) {
        return unauthorized(error.equals("invalid_scope") ? "DENIED" : "UNAUTHORIZED", description);
    }

    /** Returns an error in the format of the docker registry API. */
    private Response unauthorized(String code, String message) {
        return Response.status(Response.Status.UNAUTHORIZED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Basic realm=\"" + HeaderValue.encode(context.getRealm().getName()) + "\"")
                .entity(Map.of("errors", List.of(Map.of("code", code, "message", message))))
                .build();
    }
}
