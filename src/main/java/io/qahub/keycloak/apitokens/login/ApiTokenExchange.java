package io.qahub.keycloak.apitokens.login;

import io.qahub.keycloak.apitokens.token.TokenString;
import jakarta.ws.rs.core.Response;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenExchangeProvider;

/** Token exchange (RFC 8693) whose subject token is an API token. */
final class ApiTokenExchange implements TokenExchangeProvider {
    /** The {@code subject_token_type} (RFC 8693, section 3). */
    static final String TYPE = "urn:qahub:params:oauth:token-type:api-token";

    /** An API token under another type is ours to refuse: other exchanges would not know what they hold. */
    @Override
    public boolean supports(TokenExchangeContext context) {
        String token = context.getParams().getSubjectToken();
        return TYPE.equals(context.getParams().getSubjectTokenType())
                || (token != null && token.startsWith(TokenString.SCHEME));
    }

    @Override
    public Response exchange(TokenExchangeContext context) {
        return new Exchange(context).answer();
    }

    /** Asked by Keycloak before 26.7; 2 is standard token exchange. */
    @SuppressWarnings({"MissingOverride", "unused"}) // what it overrides is gone since
    public int getVersion() {
        return 2;
    }

    @Override
    public void close() {}
}
