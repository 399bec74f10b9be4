package io.qahub.keycloak.apitokens.token;

import java.util.Optional;

/** A well-formed token string {@code qh_<prefix>_<secret>} whose checksum holds. */
public final class TokenString {
    /** What every token string begins with. */
    public static final String SCHEME = "qh_";

    /** Length of the prefix in characters. */
    public static final int PREFIX_LENGTH = 6;

    static final int SECRET_LENGTH = 36;
    private static final int LENGTH = SCHEME.length() + PREFIX_LENGTH + 1 + SECRET_LENGTH;
    private static final int PREFIX_END = SCHEME.length() + PREFIX_LENGTH;

    private final String prefix;
    private final Secret secret;

    private TokenString(String prefix, Secret secret) {
        this.prefix = prefix;
        this.secret = secret;
    }

    /** Returns the token that {@code input} spells, or empty if its shape or checksum is wrong. Costs no I/O. */
    public static Optional<TokenString> parse(String input) {
        if (input == null || input.length() != LENGTH || !hasShape(input) || !Checksum.ends(input)) {
            return Optional.empty();
        }
        return Optional.of(new TokenString(
                input.substring(SCHEME.length(), PREFIX_END), new Secret(input.substring(PREFIX_END + 1))));
    }

    /** A regular expression takes longer than all else that is done to a warm token string. */
    private static boolean hasShape(String input) {
        for (int i = SCHEME.length(); i < LENGTH; i++) {
            char c = input.charAt(i);
            boolean fits = i == PREFIX_END ? c == '_' : isDigit(c) || isLower(c) || (i > PREFIX_END && isUpper(c));
            if (!fits) {
                return false;
            }
        }
        return input.startsWith(SCHEME);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** Puts {@code prefix} and the random part of a secret together and adds the checksum. */
    static TokenString assemble(String prefix, String random) {
        String body = SCHEME + prefix + "_" + random;
        return new TokenString(prefix, new Secret(random + Checksum.of(body)));
    }

    /** Returns the public part, six characters {@code [0-9a-z]}. */
    public String prefix() {
        return prefix;
    }

    /** Returns the private part. */
    public Secret secret() {
        return secret;
    }

    /** Returns the whole string in the clear, to be shown to its owner once. */
    public String reveal() {
        return SCHEME + prefix + "_" + secret.reveal();
    }

    @Override
    public String toString() {
        return SCHEME + prefix + "_…";
    }
}
