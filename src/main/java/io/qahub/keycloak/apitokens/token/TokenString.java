package io.qahub.keycloak.apitokens.token;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A well-formed token string {@code qh_<prefix>_<secret>} whose checksum holds. */
public final class TokenString {
    /** What every token string begins with. */
    public static final String SCHEME = "qh_";

    /** Length of the prefix in characters. */
    public static final int PREFIX_LENGTH = 6;

    static final int SECRET_LENGTH = 36;
    private static final Pattern SHAPE =
            Pattern.compile("%s[0-9a-z]{%d}_[0-9A-Za-z]{%d}".formatted(SCHEME, PREFIX_LENGTH, SECRET_LENGTH));
    private static final int PREFIX_END = SCHEME.length() + PREFIX_LENGTH;

    private final String prefix;
    private final Secret secret;

    private TokenString(String prefix, Secret secret) {
        this.prefix = prefix;
        this.secret = secret;
    }

    /** Returns the token that {@code input} spells, or empty if its shape or checksum is wrong. Costs no I/O. */
    public static Optional<TokenString> parse(@Nullable String input) {
        if (input == null || !SHAPE.matcher(input).matches() || !Checksum.ends(input)) {
            return Optional.empty();
        }
        return Optional.of(new TokenString(
                input.substring(SCHEME.length(), PREFIX_END), new Secret(input.substring(PREFIX_END + 1))));
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
