package io.qahub.keycloak.apitokens.server;

import java.util.regex.Pattern;

/** The SQL statements and bcrypt operations of the server during an operation, counted in its log. */
record Work(long sql, long bcrypt) {
    private static final Pattern SQL = Pattern.compile(" \\[org\\.hibernate\\.SQL] \\(executor-");
    private static final Pattern BCRYPT = Pattern.compile("TRACE \\[io\\.qahub[^]]*] \\([^)]*\\) bcrypt");

    static final Work NONE = new Work(0, 0);

    static Work during(Runnable action) {
        long mark = Keycloak.get().logMark();
        action.run();
        return since(mark);
    }

    /** Returns the work since this end of the log. */
    static Work since(long mark) {
        String log = Keycloak.get().logSince(mark);
        return new Work(
                SQL.matcher(log).results().count(),
                BCRYPT.matcher(log).results().count());
    }
}
