package io.qahub.keycloak.apitokens.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Strings that resemble a token string but are invalid. */
public final class BadTokenStrings {
    private BadTokenStrings() {}

    /** Returns at least 60 strings. */
    public static List<String> all() {
        String good = new TokenGenerator().next().reveal();
        String prefix = good.substring(3, 9);
        String secret = good.substring(10);
        List<String> bad = new ArrayList<>(List.of(
                "",
                " ",
                "q",
                "qh",
                "qh_",
                "qh__",
                "qh_" + prefix,
                "qh_" + prefix + "_",
                secret,
                prefix + "_" + secret,
                "QH_" + prefix + "_" + secret,
                "Qh_" + prefix + "_" + secret,
                "qh-" + prefix + "-" + secret,
                "qh_" + prefix + "-" + secret,
                "gh_" + prefix + "_" + secret,
                "qh_" + prefix + secret,
                "qh_" + prefix + "__" + secret,
                "qh__" + prefix + "_" + secret,
                "_" + good,
                good + "_",
                good + "a",
                "a" + good,
                good.substring(0, good.length() - 1),
                good.substring(1)));
        for (String space : List.of(" ", "\t", "\n", "\r\n", "\u00a0", "\u2003", "\u200b", "\ufeff", "\0")) {
            bad.addAll(List.of(space + good, good + space, good.substring(0, 20) + space + good.substring(20)));
        }
        bad.addAll(List.of(
                good + good,
                good + " " + good,
                good + "," + good,
                good + "&token=" + good,
                "Bearer " + good,
                "\"" + good + "\"",
                good.replace("_", "%5F"),
                "%71h_" + prefix + "_" + secret,
                good + "%00",
                good.toUpperCase(Locale.ROOT),
                "qh_" + "A".repeat(6) + "_" + secret,
                "qh_" + "ä".repeat(6) + "_" + secret,
                "qh_" + prefix + "_" + "ä".repeat(36),
                "qh_" + prefix + "_" + "0".repeat(36),
                "qh_" + prefix + "_" + "0".repeat(72),
                "qh_" + prefix + "_" + "0".repeat(73),
                "qh_" + prefix + "_" + secret + "0".repeat(36),
                "qh_" + prefix + "_" + secret.substring(0, 30) + "000000",
                "qh_" + prefix + "_" + "😀".repeat(18),
                "qh_" + prefix + "_" + "٣".repeat(36),
                "qh_zzzzzz_" + secret.substring(0, 30) + "zzzzzz",
                "x".repeat(10_240),
                good.repeat(200),
                "' or 1=1 --",
                "qh_%_%",
                "null"));
        return bad;
    }
}
