package io.qahub.keycloak.apitokens.token;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A token string {@code qh_<prefix>_<secret>} with a valid format and checksum. */
public final class TokenString {
    /** The start of every token string. */
    public static final String SCHEME = "qh_";

    /** Length of the prefix in characters. */
    public static final int PREFIX_LENGTH = 6;

    static final int SECRET_LENGTH = 36;
    private static final Pattern SHAPE =
            Pattern.compile("%s[0-9a-z]{%d}_[0-9A-Za-z]{%d}".formatted(SCHEME, PREFIX_LENGTH, SECRET_LENGTH));

    /** A token string in a text, even if it is truncated. */
    private static final Pattern CONTAINED =
            Pattern.compile("(%s[0-9a-z]{%d})_[0-9A-Za-z]*".formatted(SCHEME, PREFIX_LENGTH));

    private static final int PREFIX_END = SCHEME.length() + PREFIX_LENGTH;

    private final String prefix;
    private final Secret secret;

    private TokenString(String prefix, Secret secret) {
        this.prefix = prefix;
        this.secret = secret;
    }

    /** Parses {@code input}; returns empty if it is null or its format or checksum is invalid. Performs no I/O. */
    public static Optional<TokenString> parse(@Nullable String input) {
        if (input == null || !SHAPE.matcher(input).matches() || !Checksum.isValid(input)) {
            return Optional.empty();
        }
        return Optional.of(new TokenString(
                input.substring(SCHEME.length(), PREFIX_END), new Secret(input.substring(PREFIX_END + 1))));
    }

    /**
     * Returns {@code qh_<prefix>} if {@code text} contains a token string, even a truncated one, and otherwise the text.
     */
    public static String withoutSecret(String text) {
        Matcher contained = CONTAINED.matcher(text);
        return contained.find() ? contained.group(1) : text;
    }

    /** Creates a token string from a prefix and the random part of a secret, to which it adds the checksum. */
    static TokenString assemble(String prefix, String random) {
        String body = SCHEME + prefix + "_" + random;
        return new TokenString(prefix, new Secret(random + Checksum.of(body)));
    }

    /** Returns the public part, which has six characters {@code [0-9a-z]}. */
    public String prefix() {
        return prefix;
    }

    /** Returns the private part. */
    public Secret secret() {
        return secret;
    }

    /** Returns the token string in plaintext, to be shown to its owner once. Do not log or store the result. */
    public String reveal() {
        return SCHEME + prefix + "_" + secret.reveal();
    }

    @Override
    public String toString() {
        return SCHEME + prefix + "_…";
    }
}
