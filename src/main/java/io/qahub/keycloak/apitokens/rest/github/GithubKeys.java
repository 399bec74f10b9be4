package io.qahub.keycloak.apitokens.rest.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The public keys (ECDSA on P-256) with which GitHub signs the messages of its secret scanning, by identifier. */
public final class GithubKeys {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private final Map<String, PublicKey> byIdentifier;

    private GithubKeys(Map<String, PublicKey> byIdentifier) {
        this.byIdentifier = Map.copyOf(byIdentifier);
    }

    /** Returns an instance without keys, with which the endpoint does not exist. */
    public static GithubKeys none() {
        return new GithubKeys(Map.of());
    }

    /**
     * Parses keys in the format in which GitHub publishes them. Ignores keys that are not current.
     *
     * @throws IllegalArgumentException if there is no current key or one is invalid
     */
    public static GithubKeys parse(String text) {
        Map<String, PublicKey> keys = new HashMap<>();
        for (JsonNode entry : json(text).path("public_keys")) {
            if (entry.path("is_current").asBoolean(true)) {
                String identifier = entry.path("key_identifier").asText();
                keys.put(identifier, key(identifier, entry.path("key").asText()));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the file contains no current key in an array public_keys");
        }
        return new GithubKeys(keys);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the file is not JSON", e);
        }
    }

    private static PublicKey key(String identifier, String pem) {
        try {
            String base64 = pem.strip().replace(BEGIN, "").replace(END, "");
            PublicKey key = KeyFactory.getInstance("EC")
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
            if (key instanceof ECPublicKey ec && isP256(ec.getParams())) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // reported below
        }
        throw new IllegalArgumentException(
                "the key \"%s\" is not a public key on the curve P-256 in PEM format".formatted(identifier));
    }

    private static boolean isP256(ECParameterSpec parameters) throws GeneralSecurityException {
        AlgorithmParameters p256 = AlgorithmParameters.getInstance("EC");
        p256.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec expected = p256.getParameterSpec(ECParameterSpec.class);
        return parameters.getCurve().equals(expected.getCurve());
    }

    boolean isEmpty() {
        return byIdentifier.isEmpty();
    }

    boolean contains(String identifier) {
        return byIdentifier.containsKey(identifier);
    }

    /** Returns whether {@code signature} (Base64 of DER) is that of the key with this identifier over {@code message}. */
    boolean verify(String identifier, String signature, byte[] message) {
        PublicKey key = byIdentifier.get(identifier);
        if (key == null) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (SignatureException | IllegalArgumentException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
