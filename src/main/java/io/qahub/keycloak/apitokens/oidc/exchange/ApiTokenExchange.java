package io.qahub.keycloak.apitokens.oidc.exchange;

import io.qahub.keycloak.apitokens.token.TokenString;
import jakarta.ws.rs.core.Response;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenExchangeProvider;

/** Token exchange (RFC 8693) with an API token as the subject token. */
final class ApiTokenExchange implements TokenExchangeProvider {
    /** The {@code subject_token_type} (RFC 8693, section 3). */
    static final String TYPE = "urn:qahub:params:oauth:token-type:api-token";

    /** Also handles API tokens of another {@code subject_token_type}, to reject them: other providers may log them. */
    @Override
    public boolean supports(TokenExchangeContext context) {
        String token = context.getParams().getSubjectToken();
        return TYPE.equals(context.getParams().getSubjectTokenType())
                || (token != null && token.startsWith(TokenString.SCHEME));
    }

    @Override
    public Response exchange(TokenExchangeContext context) {
        return new Exchange(context).respond();
    }

    /** Called by Keycloak before 26.7; 2 is standard token exchange. */
    @SuppressWarnings({"MissingOverride", "unused"}) // removed from the interface in 26.7
    public int getVersion() {
        return 2;
    }

    @Override
    public void close() {}
}
