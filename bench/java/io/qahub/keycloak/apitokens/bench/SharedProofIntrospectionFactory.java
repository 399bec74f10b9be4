package io.qahub.keycloak.apitokens.bench;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/**
 * What a first use would cost if nodes shared their proofs through Keycloak's single-use objects:
 * {@code token_type_hint=shared-proof} gives the constant answer where the token's keyed digest is there; where not, it puts it
 * there and answers "inactive". In a jar of the benchmark's own.
 */
public final class SharedProofIntrospectionFactory extends ConstantIntrospectionFactory {
    private static final int AN_HOUR = 3600;
    private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "HmacSHA256");

    private final SingleUseObjectProvider shared;

    /** For the service loader. */
    public SharedProofIntrospectionFactory() {
        this(null);
    }

    private SharedProofIntrospectionFactory(SingleUseObjectProvider shared) {
        this.shared = shared;
    }

    @Override
    public Response introspect(String token, EventBuilder event) {
        String digest = digest(token);
        boolean isKnown = shared.contains(digest) || !shared.putIfAbsent(digest, AN_HOUR);
        return isKnown
                ? super.introspect(token, event)
                : Response.ok("{\"active\":false}", MediaType.APPLICATION_JSON_TYPE)
                        .build();
    }

    private static String digest(String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(KEY);
            return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new SharedProofIntrospectionFactory(session.singleUseObjects());
    }

    @Override
    public String getId() {
        return "shared-proof";
    }
}
