package io.qahub.keycloak.apitokens.introspect;

import io.qahub.keycloak.apitokens.oauth.OAuthError;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.utils.AuthorizeClientUtil;

/** {@code POST /realms/{realm}/api-tokens/introspect}: RFC 7662 for API tokens alone. */
public final class ApiTokenIntrospectionResource {
    private final KeycloakSession session;
    private final EventBuilder event;

    /** Takes the session of the request. */
    public ApiTokenIntrospectionResource(KeycloakSession session) {
        this.session = session;
        this.event = new EventBuilder(session.getContext().getRealm(), session).event(EventType.INTROSPECT_TOKEN);
    }

    /** Authenticates the client and answers about the form field {@code token}. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public Response introspect() {
        requireOpenRealm();
        ClientModel client =
                AuthorizeClientUtil.authorizeClient(session, event, null).getClient();
        event.client(client);
        if (client.isPublicClient()) {
            throw refuse(403, "A public client cannot introspect; authenticate as a confidential client.");
        }
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        if (form.values().stream().anyMatch(values -> values.size() != 1)) {
            throw refuse(400, "Send each form field once.");
        }
        List<String> token = form.get("token");
        if (token == null) {
            throw refuse(400, "Send the token in the form field token.");
        }
        return new TokenIntrospection(session, event).answer(token.get(0));
    }

    private void requireOpenRealm() {
        RealmModel realm = session.getContext().getRealm();
        boolean secure =
                "https".equals(session.getContext().getUri().getBaseUri().getScheme());
        if (!secure && realm.getSslRequired().isRequired(session.getContext().getConnection())) {
            throw refuse(403, "HTTPS required");
        }
        if (!realm.isEnabled()) {
            throw OAuthError.of(403, "access_denied", "Realm not enabled");
        }
    }

    private RuntimeException refuse(int status, String description) {
        event.detail("detail", description).error(Errors.INVALID_REQUEST);
        return OAuthError.of(status, Errors.INVALID_REQUEST, description);
    }
}
