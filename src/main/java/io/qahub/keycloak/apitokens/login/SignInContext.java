package io.qahub.keycloak.apitokens.login;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.Scope;
import io.qahub.keycloak.apitokens.model.Verification;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.protocol.docker.DockerAuthV2Protocol;

/** A kind of flow in which what comes out can be kept within the API token. */
interface SignInContext {
    /** Returns the channel of a flow; empty for every flow where a token could lead to more than it is. */
    static Optional<SignInContext> of(AuthenticationFlowContext context) {
        if (DockerAuthV2Protocol.LOGIN_PROTOCOL.equals(
                context.getAuthenticationSession().getProtocol())) {
            return Optional.of(new DockerContext(context));
        }
        return TokenSignIn.offered(context.getSession()).map(signIn -> new DirectGrantContext(context, signIn));
    }

    /** What the request presents. */
    Credentials presented();

    /** What an administrator has to change first. */
    Optional<String> objection();

    /** What of the token is granted; empty where the request wants more. */
    Optional<Set<Scope>> grant(ApiToken token);

    /** The sign-in succeeds. */
    default void accepted(Verification.Active active, Set<Scope> scopes) {}

    /** Asks for a token where nothing came; empty where that is a failure. */
    Optional<Response> challenge();

    /** The sign-in fails. */
    Response refusal(String error, String description);
}
