package io.qahub.keycloak.apitokens.model;

import org.keycloak.provider.ProviderEvent;

/**
 * A digest to be stored beside a bcrypt hash, if the token still has that hash. Published on the request thread when a
 * secret was verified whose digest is missing or was made with another key.
 */
public record DigestUpdate(String tokenId, String secretHash, String digest) implements ProviderEvent {
    /** Omits the hash and the digest. */
    @Override
    public String toString() {
        return "DigestUpdate[" + tokenId + "]";
    }
}
