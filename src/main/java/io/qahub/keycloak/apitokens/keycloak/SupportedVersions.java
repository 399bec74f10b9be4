package io.qahub.keycloak.apitokens.keycloak;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.common.Version;

/** The versions of Keycloak on which this provider runs. */
public final class SupportedVersions {
    private static final Logger LOG = Logger.getLogger(SupportedVersions.class);

    /** Also matches the versions of Red Hat's builds, such as {@code 26.4.7.redhat-00001}. */
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\..*)?");

    private static final String NIGHTLY = "-SNAPSHOT";
    private static final int MAJOR = 26;
    private static final int MIN_MINOR = 4;
    private static final int MAX_MINOR = 7;
    private static final String SUPPORTED = "%d.%d to %d.%d".formatted(MAJOR, MIN_MINOR, MAJOR, MAX_MINOR);

    private SupportedVersions() {}

    /**
     * Logs a warning if the version of the server is not known.
     *
     * @throws IllegalStateException if this provider cannot run on the version
     */
    public static void check() {
        rejection(Version.VERSION).ifPresent(message -> {
            throw new IllegalStateException(message);
        });
        warning(Version.VERSION).ifPresent(LOG::warn);
    }

    /** Returns whether the server is Keycloak 26 before this minor version. */
    public static boolean isBefore(int minor) {
        return isBefore(Version.VERSION, minor);
    }

    static boolean isBefore(String version, int minor) {
        Matcher parts = VERSION.matcher(version);
        return !version.endsWith(NIGHTLY) && parts.matches() && Integer.parseInt(parts.group(2)) < minor;
    }

    /** Returns why this provider cannot run on this version; empty if it may. */
    static Optional<String> rejection(String version) {
        Matcher parts = VERSION.matcher(version);
        boolean mayRun = version.endsWith(NIGHTLY)
                || !parts.matches()
                || (Integer.parseInt(parts.group(1)) == MAJOR && Integer.parseInt(parts.group(2)) >= MIN_MINOR);
        return mayRun
                ? Optional.empty()
                : Optional.of(
                        ("API tokens cannot run on Keycloak %s, only on %s. Use a version of the API tokens JAR for this"
                                        + " version of Keycloak, or remove the JAR from the directory \"providers\".")
                                .formatted(version, SUPPORTED));
    }

    /** Returns what an operator must know about a version that has not been tested; empty if it has. */
    static Optional<String> warning(String version) {
        Matcher parts = VERSION.matcher(version);
        boolean isTested =
                !version.endsWith(NIGHTLY) && parts.matches() && Integer.parseInt(parts.group(2)) <= MAX_MINOR;
        return isTested
                ? Optional.empty()
                : Optional.of("API tokens have not been tested with Keycloak %s, only with %s."
                        .formatted(version, SUPPORTED));
    }
}
