package io.qahub.keycloak.apitokens.rest.gateway;

import io.qahub.keycloak.apitokens.http.VerificationRequest;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AuthorizeClientUtil;
import org.keycloak.util.BasicAuthHelper;

/** Authenticates the gateway with a separate header, because {@code Authorization} contains the end user's token. */
final class GatewayAuthenticator {
    static final String HEADER = "X-Api-Tokens-Client";

    private GatewayAuthenticator() {}

    /** Returns the confidential client that the header authenticates; sends the event if there is none. */
    static Optional<ClientModel> authenticate(KeycloakSession session, EventBuilder event) {
        List<String> lines =
                session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(HEADER);
        if (lines == null || lines.size() != 1 || !isReadable(lines.get(0))) {
            VerificationRequest.sendError(session, event, Errors.INVALID_CLIENT);
            return Optional.empty();
        }
        AuthenticationProcessor processor = AuthorizeClientUtil.getAuthenticationProcessor(session, event);
        processor.setRequest(new CallerRequest(session.getContext().getHttpRequest(), new CallerHeaders(lines.get(0))));
        if (processor.authenticateClient() != null) {
            return Optional.empty();
        }
        ClientModel client = processor.getClient();
        event.client(client);
        if (client.isPublicClient() || !isOpenIdConnect(client)) {
            VerificationRequest.sendError(session, event, Errors.INVALID_CLIENT);
            return Optional.empty();
        }
        session.getContext().setClient(client);
        return Optional.of(client);
    }

    /** Rejects headers that Keycloak would log, secret included, and client ids that would make a query fail. */
    private static boolean isReadable(String header) {
        try {
            String[] pair = BasicAuthHelper.RFC6749.parseHeader(header);
            return pair != null && pair[0].chars().noneMatch(Character::isISOControl);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isOpenIdConnect(ClientModel client) {
        return client.getProtocol() == null || client.getProtocol().equals(OIDCLoginProtocol.LOGIN_PROTOCOL);
    }
}
