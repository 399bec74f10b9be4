package io.qahub.keycloak.apitokens.oidc.signin;

import io.qahub.keycloak.apitokens.model.Verification;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.SortedSet;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.protocol.docker.DockerAuthV2Protocol;

/** A kind of authentication flow whose result can be restricted to the scopes of an API token. */
interface SignInContext {
    /** Returns the sign-in context of a flow; empty if the result of the flow cannot be restricted. */
    static Optional<SignInContext> of(AuthenticationFlowContext context) {
        if (DockerAuthV2Protocol.LOGIN_PROTOCOL.equals(
                context.getAuthenticationSession().getProtocol())) {
            return Optional.of(new DockerContext(context));
        }
        return TokenSignIn.current(context.getSession()).map(signIn -> new DirectGrantContext(context, signIn));
    }

    /** Returns the credentials of the request. */
    Credentials credentials();

    /** Returns what an administrator must change before API tokens are accepted; empty if nothing. */
    Optional<String> rejectionReason();

    /** Returns the scopes to grant; empty if the token does not cover the request. */
    Optional<SortedSet<String>> grant(Verification.Active active);

    /** Called when the sign-in succeeds. */
    default void accepted(Verification.Active active, SortedSet<String> scopes) {}

    /** Returns the response to a request without credentials; empty if the sign-in fails then. */
    Optional<Response> challenge();

    /** Returns the response to a failed sign-in. */
    Response errorResponse(String error, String description);
}
