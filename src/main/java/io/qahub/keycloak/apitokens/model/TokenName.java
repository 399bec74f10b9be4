package io.qahub.keycloak.apitokens.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates names of tokens, which are shown in lists, emails and events. The pages validate with the same rules. */
final class TokenName {
    static final int MAX_LENGTH = 100;

    /**
     * The range U+1F000 to U+1FAFF, in which all unassigned characters are emoji of a later Unicode version than the
     * JVM's. Written as characters, because a lookbehind in Java matches such characters only if it contains one.
     */
    private static final String EMOJI = "\uD83C\uDC00-\uD83E\uDEFF";

    /**
     * Characters that are invisible, change the direction of text or have no meaning: controls, formats, surrogates,
     * private use, unassigned, separators of lines, and the letters and marks that are blank.
     */
    private static final String INVISIBLE = "[\\p{C}\\p{Zl}\\p{Zp}"
            + "\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2800}\\x{3164}\\x{FFA0}"
            + "&&[^\\x{200C}\\x{200D}" + EMOJI + "]]";

    /**
     * Zero-width joiners combine emoji, and Persian and Indic scripts require joiners and non-joiners. Between letters
     * that have upper and lower case, or at either end of a name, they only hide a difference.
     */
    private static final String JOINED = "[\\p{Lo}\\p{M}\\p{S}" + EMOJI + "&&[^\\x{0}-\\x{7F}]]";

    private static final String STRAY_JOINER =
            "(?<!" + JOINED + ")[\\x{200C}\\x{200D}]|[\\x{200C}\\x{200D}](?!" + JOINED + ")";

    /** A variation selector selects the form of a symbol or ideograph, or that of a keycap emoji. */
    private static final String STRAY_SELECTOR = "(?<![\\p{Lo}\\p{S}\\p{P}" + EMOJI
            + "&&[^\\x{0}-\\x{7F}]])(?<![0-9#*](?=\\x{FE0F}\\x{20E3}))" + "[\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]";

    private static final Pattern UNWANTED = Pattern.compile(INVISIBLE + "|" + STRAY_JOINER + "|" + STRAY_SELECTOR);
    private static final Pattern VISIBLE = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}" + EMOJI + "]");

    /** A token string, even if truncated. */
    private static final Pattern SECRET = Pattern.compile("qh_[0-9a-z]{6}_[0-9A-Za-z]{20}");

    private TokenName() {}

    /**
     * Returns the name without spaces around it.
     *
     * @throws InvalidTokenRequestException if the name is invalid; the message says why, and does not contain the name
     */
    static String check(@Nullable String name) throws InvalidTokenRequestException {
        String trimmed = name == null ? "" : name.strip();
        int length = trimmed.codePointCount(0, trimmed.length());
        if (length == 0 || length > MAX_LENGTH) {
            throw new InvalidTokenRequestException("Give the token a name of 1 to " + MAX_LENGTH + " characters.");
        }
        requireReadable("name", trimmed);
        if (!VISIBLE.matcher(trimmed).find()) {
            throw new InvalidTokenRequestException("The name must contain a visible character.");
        }
        return trimmed;
    }

    /**
     * Checks the characters of a text.
     *
     * @param field the name of the field in messages
     * @throws InvalidTokenRequestException if the text contains a disallowed character or a token string
     */
    static void requireReadable(String field, String text) throws InvalidTokenRequestException {
        Matcher unwanted = UNWANTED.matcher(text);
        if (unwanted.find()) {
            throw new InvalidTokenRequestException(
                    "The %s must not contain control or invisible characters; it contains U+%04X."
                            .formatted(field, text.codePointAt(unwanted.start())));
        }
        if (SECRET.matcher(text).find()) {
            throw new InvalidTokenRequestException(
                    "The %1$s must not contain an API token. A %1$s is not secret: revoke the token if it is in use."
                            .formatted(field));
        }
    }
}
