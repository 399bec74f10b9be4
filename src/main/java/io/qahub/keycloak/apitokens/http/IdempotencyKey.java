package io.qahub.keycloak.apitokens.http;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.RepeatedRequestException;
import io.qahub.keycloak.apitokens.model.RequestKey;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponseException;

/**
 * The request header {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header). A response that contains a
 * secret cannot be sent again, so a repeated request results in an error that names the token.
 */
public final class IdempotencyKey {
    /** The name of the header. */
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern VALID = Pattern.compile("[\\x20-\\x7E]{1,64}");

    private IdempotencyKey() {}

    /** Reads the header of a request for a secret of an owner's token; null without it. Responds with 400 if invalid. */
    public static @Nullable RequestKey read(KeycloakSession session, UserModel owner) {
        List<String> values =
                session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(HEADER);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1 || !VALID.matcher(values.get(0)).matches()) {
            throw OAuthError.invalidRequest(HEADER + " must be sent once, with 1 to 64 printable ASCII characters.");
        }
        return RequestKey.of(session.getContext().getRealm(), owner, values.get(0));
    }

    /** Returns the result of {@code creation}; responds with 409 and the location of the token to a repeated request. */
    public static <T> T createOnce(KeycloakSession session, Supplier<T> creation) {
        try {
            return creation.get();
        } catch (RepeatedRequestException e) {
            throw repeated(session, e.token());
        }
    }

    private static ErrorResponseException repeated(KeycloakSession session, ApiToken token) {
        return new ErrorResponseException(OAuthError.builder(
                        409,
                        "repeated_request",
                        "A request with this " + HEADER + " has already created the token qh_" + token.prefix()
                                + ". Its secret cannot be shown again: if you did not receive it, revoke the token, and"
                                + " create another one with a new key.")
                .header(
                        HttpHeaders.LOCATION,
                        session.getContext()
                                .getUri()
                                .getAbsolutePathBuilder()
                                .path(token.id())
                                .build())
                .build());
    }

    /** Returns the result of {@code rotation}; responds with 409 to a repeated request. */
    public static <T> T rotateOnce(Supplier<T> rotation) {
        try {
            return rotation.get();
        } catch (RepeatedRequestException e) {
            throw OAuthError.of(
                    409,
                    "repeated_request",
                    "A request with this " + HEADER + " has already rotated the token. Its new secret cannot be shown"
                            + " again: if you did not receive it, rotate again with a new key.");
        }
    }
}
