package io.qahub.keycloak.apitokens.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;

/** Messages as GitHub's secret scanning sends them, signed with a key that the shared server accepts. */
final class GithubMessages {
    static final String KEY = "key-of-the-tests";
    static final String KEY_HEADER = "Github-Public-Key-Identifier";
    static final String SIGNATURE_HEADER = "Github-Public-Key-Signature";
    private static final String PATH = "/api-tokens/revoke/github";
    private static final ECParameterSpec CURVE = p256();

    private GithubMessages() {}

    /** Returns the option of the shared server with a file that contains the key. */
    static String option() {
        try {
            Path file = Path.of("target/github-keys.json").toAbsolutePath();
            Files.createDirectories(file.getParent());
            Files.writeString(file, keys());
            return "--spi-api-tokens--default--github-keys-file=" + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String keys() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(publicKey().getEncoded())
                .replace("\n", "\\n");
        return """
                {"public_keys":[{"key_identifier":"%s","is_current":true,
                 "key":"-----BEGIN PUBLIC KEY-----\\n%s\\n-----END PUBLIC KEY-----\\n"}]}""".formatted(KEY, base64);
    }

    /** Returns the call with which GitHub sends this message. */
    static Http signed(Realm realm, String message) {
        return call(realm, KEY, signature(message, privateKey()), message);
    }

    /** Returns a call with any key and signature. */
    static Http call(Realm realm, String key, String signature, String message) {
        return unsigned(realm, message).header(KEY_HEADER, key).header(SIGNATURE_HEADER, signature);
    }

    static Http unsigned(Realm realm, String message) {
        return realm.call("POST", PATH).json(message);
    }

    static String signature(String message, PrivateKey key) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key);
            signer.update(message.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key is the number 1, so that a server that keeps running has the same key in each run. */
    static PrivateKey privateKey() {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(BigInteger.ONE, CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey publicKey() {
        try {
            return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(CURVE.getGenerator(), CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECParameterSpec p256() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
