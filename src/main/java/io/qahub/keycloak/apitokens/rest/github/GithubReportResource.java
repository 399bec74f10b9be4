package io.qahub.keycloak.apitokens.rest.github;

import io.qahub.keycloak.apitokens.http.AttemptLimit;
import io.qahub.keycloak.apitokens.http.JsonBody;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.keycloak.GithubKeysSetting;
import io.qahub.keycloak.apitokens.keycloak.LogInterval;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/**
 * {@code POST /realms/{realm}/api-tokens/revoke/github}: revokes tokens that GitHub's secret scanning has found. GitHub
 * authenticates with a signature of the message.
 */
public final class GithubReportResource {
    private static final Logger LOG = Logger.getLogger(GithubReportResource.class);
    private static final LogInterval WARNINGS = new LogInterval();
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final KeycloakSession session;
    private final AttemptLimit attempts;
    private final GithubKeys keys;

    /** Creates the resource for the session of a request. */
    public GithubReportResource(KeycloakSession session, AttemptLimit attempts, GithubKeys keys) {
        this.session = session;
        this.attempts = attempts;
        this.keys = keys;
    }

    /**
     * Revokes the tokens, including expired ones. Responds with 200 and a list that states for each match whether it is a
     * token of the realm.
     */
    @POST
    public Response report(InputStream body) {
        if (keys.isEmpty()) {
            throw OAuthError.noSuchPath();
        }
        List<SecretMatch> matches = SecretMatch.read(requireSigned(body));
        LeakedTokens leaked = new LeakedTokens(session);
        try {
            leaked.find(matches);
            leaked.revoke();
        } catch (RuntimeException e) {
            // Nothing is revoked in this case; GitHub can send the message again.
            LOG.error("A message of GitHub's secret scanning could not be processed", e);
            throw OAuthError.unavailable();
        }
        leaked.requireComplete();
        return feedback(leaked, matches);
    }

    private static Response feedback(LeakedTokens leaked, List<SecretMatch> matches) {
        List<Feedback> feedback = matches.stream()
                .map(match -> Feedback.of(match, leaked.contains(match)))
                .toList();
        return Response.ok(feedback, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** Returns the body; reads it only if the key is known. */
    private byte[] requireSigned(InputStream body) {
        String key = header("Github-Public-Key-Identifier");
        if (!keys.contains(key)) {
            throw refusal();
        }
        byte[] message = JsonBody.bytes(body, MAX_BYTES);
        if (!keys.verify(key, header("Github-Public-Key-Signature"), message)) {
            throw refusal();
        }
        return message;
    }

    private String header(String name) {
        String value = session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(name);
        return value == null ? "" : value.strip();
    }

    private RuntimeException refusal() {
        attempts.count(session, 1);
        if (WARNINGS.isOver()) {
            LOG.warnf(
                    "A request to the endpoint for GitHub's secret scanning had no valid signature. If GitHub has"
                            + " sent it, update the file %s.",
                    GithubKeysSetting.GITHUB_KEYS_FILE.option());
        }
        return OAuthError.of(403, "access_denied", "The request is not signed with a known key.");
    }
}
