package io.qahub.keycloak.apitokens.oidc.revocation;

import io.qahub.keycloak.apitokens.http.AttemptLimit;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.OIDCLoginProtocolFactory;

/** Replaces Keycloak's factory of the OpenID Connect endpoints, to replace one of them. */
public final class RevocationFactory extends OIDCLoginProtocolFactory {
    private AttemptLimit attempts;

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        super.postInit(factory);
        attempts = new AttemptLimit("qh-api-token-revocation-attempts");
    }

    @Override
    public Object createProtocolEndpoint(KeycloakSession session, EventBuilder event) {
        return RevocationPath.isRequested(session)
                ? new RevocationPath(session, event, attempts)
                : super.createProtocolEndpoint(session, event);
    }

    /** The admin console lists protocols in this order, and Keycloak calls the factory with the highest one. */
    @Override
    public int order() {
        return super.order() + 1;
    }
}
