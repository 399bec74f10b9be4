package io.qahub.keycloak.apitokens.model;

import io.qahub.keycloak.apitokens.token.TokenString;
import java.util.regex.Pattern;

/** Where a leaked token was found, as text for its owner; a part is empty if it is unknown. */
public record LeakPlace(String url, String source) {
    private static final int MAX_URL_LENGTH = 1000;
    private static final Pattern URL = Pattern.compile("https://[0-9A-Za-z.-]+/[!-~&&[^\"<>\\\\^`{|}]]*");
    private static final Pattern SOURCE = Pattern.compile("[0-9A-Za-z_]{1,40}");

    /**
     * Omits a URL that is long, contains a token string or is not an HTTPS URL, and a source that is not a word: their
     * texts depend on those who publish at that place.
     */
    public static LeakPlace of(String url, String source) {
        boolean isShown = url.length() <= MAX_URL_LENGTH
                && URL.matcher(url).matches()
                && TokenString.withoutSecret(url).equals(url);
        return new LeakPlace(isShown ? url : "", SOURCE.matcher(source).matches() ? source : "");
    }

    /** Returns URL and source as one text; empty if both are. */
    public String text() {
        return url.isEmpty() || source.isEmpty() ? url + source : url + " (" + source + ")";
    }
}
