package io.qahub.keycloak.apitokens.token;

/** Token strings with a valid format and checksum that no server has issued. */
public final class MadeUpTokens {
    private MadeUpTokens() {}

    /** Returns a token string with this prefix and a random secret. */
    public static String withPrefix(String prefix) {
        String head = "qh_" + prefix + new TokenGenerator().next().reveal().substring(9, 40);
        return head + Checksum.of(head);
    }
}
