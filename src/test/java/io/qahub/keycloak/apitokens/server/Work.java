package io.qahub.keycloak.apitokens.server;

import java.util.regex.Pattern;

/** The SQL statements and bcrypt operations of the server during an operation, counted in its log. */
record Work(long sql, long bcrypt) {
    private static final Pattern SQL = Pattern.compile(" \\[org\\.hibernate\\.SQL] \\(executor-");
    private static final Pattern BCRYPT = Pattern.compile("TRACE \\[io\\.qahub[^]]*] \\([^)]*\\) bcrypt");

    static final Work NONE = new Work(0, 0);

    static Work during(Runnable action) {
        return during(Keycloak.get(), action);
    }

    /** As above, for a server that a test started itself. */
    static Work during(Keycloak server, Runnable action) {
        long mark = server.logMark();
        action.run();
        return in(server.logSince(mark));
    }

    /** Returns the work since this end of the log. */
    static Work since(long mark) {
        return in(Keycloak.get().logSince(mark));
    }

    private static Work in(String log) {
        return new Work(
                SQL.matcher(log).results().count(),
                BCRYPT.matcher(log).results().count());
    }
}
