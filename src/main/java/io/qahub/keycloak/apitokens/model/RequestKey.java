package io.qahub.keycloak.apitokens.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Identifies a request for a token, so that repeating it does not create another secret.
 *
 * @param hash a hash of what the caller sent, which differs for each owner
 */
public record RequestKey(String hash) {

    /** Creates a key from a text that the caller chose. */
    public static RequestKey of(RealmModel realm, UserModel owner, String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", realm.getId(), owner.getId(), text)
                            .getBytes(StandardCharsets.UTF_8));
            return new RequestKey(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
