package io.qahub.keycloak.apitokens.introspect;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.Scope;
import io.qahub.keycloak.apitokens.model.Verification;
import io.qahub.keycloak.apitokens.resourceserver.Inquiry;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

/** The answer to an authenticated client about a token string (RFC 7662, section 2.2), and its event. */
final class TokenIntrospection {
    private final KeycloakSession session;
    private final Inquiry inquiry;

    TokenIntrospection(KeycloakSession session, EventBuilder event) {
        this.session = session;
        this.inquiry = new Inquiry(session, event);
    }

    Response answer(String input) {
        ClientModel client = session.getContext().getClient();
        Optional<ExpiryCeiling> ceiling = ExpiryCeiling.ofCaller(client, inquiry);
        if (ceiling.isEmpty()) {
            return Answers.inactive();
        }
        Verification verdict = inquiry.verify(input);
        if (verdict instanceof Verification.Active active) {
            return accept(active, client, ceiling.get());
        }
        inquiry.refused((Verification.Inactive) verdict);
        return Answers.inactive();
    }

    private Response accept(Verification.Active active, ClientModel client, ExpiryCeiling ceiling) {
        ApiToken token = active.token();
        inquiry.found(active);
        inquiry.accepted();
        RealmModel realm = session.getContext().getRealm();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("active", true);
        claims.put("sub", token.ownerId());
        claims.put("username", active.owner().getUsername());
        claims.put("scope", Scope.join(token.scopes()));
        claims.put("token_type", "Bearer");
        claims.put("iat", token.createdAt().getEpochSecond());
        Instant expiry = ceiling.apply(token.expiresAt(), Instant.now());
        if (expiry != null) {
            claims.put("exp", expiry.getEpochSecond());
        }
        claims.put("iss", issuer(realm));
        claims.put("aud", client.getClientId());
        claims.put("jti", token.id());
        claims.put("prefix", token.prefix());
        return Answers.of(claims);
    }

    /** As Keycloak writes it into its own tokens; its builder of URIs takes longer than the verification. */
    private String issuer(RealmModel realm) {
        URI base = session.getContext().getUri().getBaseUri();
        String name = realm.getName();
        return isPlain(name) ? base + "realms/" + name : Urls.realmIssuer(base, name);
    }

    /** Returns whether nothing in {@code name} needs an escape in a URL. */
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '-' && c != '_' && (c >= 0x80 || !Character.isLetterOrDigit(c))) {
                return false;
            }
        }
        return true;
    }
}
