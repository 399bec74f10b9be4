package io.qahub.keycloak.apitokens.bench;

import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;

/** The same, but also sends the event of an introspection: {@code token_type_hint=constant-event}. */
public final class ConstantWithEventIntrospectionFactory extends ConstantIntrospectionFactory {
    @Override
    public Response introspect(String token, EventBuilder event) {
        event.success();
        return super.introspect(token, event);
    }

    @Override
    public String getId() {
        return super.getId() + "-event";
    }
}
