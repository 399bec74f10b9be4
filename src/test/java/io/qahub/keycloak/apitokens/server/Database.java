package io.qahub.keycloak.apitokens.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.h2.tools.Server;

/** The server's database: H2 in the memory of this JVM, which the server reaches over TCP and the tests directly. */
public final class Database {
    private static final String SETTINGS = "mem:keycloak;DB_CLOSE_DELAY=-1;NON_KEYWORDS=VALUE";
    private static final String ACCOUNT = "sa";
    private static final String PASSWORD = UUID.randomUUID().toString();
    private static Database running;

    private final int port;

    private Database(int port) {
        this.port = port;
    }

    public static synchronized Database get() {
        if (running == null) {
            running = start();
        }
        return running;
    }

    private static Database start() {
        try {
            connect().close();
            List<String> options = new ArrayList<>(List.of("-tcpPort", "0", "-tcpDaemon"));
            if (ServerContainer.found().isPresent()) {
                options.add("-tcpAllowOthers");
            }
            return new Database(Server.createTcpServer(options.toArray(String[]::new))
                    .start()
                    .getPort());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What makes a server use this database that reaches this machine by this name. */
    List<String> serverOptions(String host) {
        return List.of(
                "--db=dev-mem",
                "--db-url=jdbc:h2:tcp://" + host + ":" + port + "/" + SETTINGS,
                "--db-username=" + ACCOUNT,
                "--db-password=" + PASSWORD);
    }

    /** The rows of API tokens that have this value in this column. */
    long tokenRows(String column, String value) {
        try (Connection connection = connect();
                PreparedStatement query =
                        connection.prepareStatement("select count(*) from QH_API_TOKEN where \"" + column + "\" = ?")) {
            query.setString(1, value);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets one column of the token with this prefix. */
    public void setTime(String prefix, String column, Instant time) {
        try (Connection connection = connect();
                PreparedStatement update = connection.prepareStatement(
                        "update QH_API_TOKEN set \"" + column + "\" = ? where PREFIX = ?")) {
            update.setLong(1, time.toEpochMilli());
            update.setString(2, prefix);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives the owner of the token with this prefix more tokens: at most 1,000 copies of it under new ids and prefixes. */
    void copyToken(String prefix, int copies) {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into QH_API_TOKEN
                          (ID, PREFIX, REALM_ID, USER_ID, NAME, SECRET_HASH, SCOPES, CREATED_AT)
                        select random_uuid(), substring(PREFIX, 1, 3) || lpad(x - 1, 3, '0'), REALM_ID, USER_ID, NAME, SECRET_HASH, SCOPES, CREATED_AT
                        from QH_API_TOKEN cross join system_range(1, ?) where PREFIX = ?""")) {
            insert.setInt(1, copies);
            insert.setString(2, prefix);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs something while the table of API tokens cannot be read. */
    void without(Runnable action) {
        execute("alter table QH_API_TOKEN rename to QH_API_TOKEN_AWAY");
        try {
            action.run();
        } finally {
            execute("alter table QH_API_TOKEN_AWAY rename to QH_API_TOKEN");
        }
    }

    private static void execute(String statement) {
        try (Connection connection = connect();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The whole database as an SQL script. */
    String dump() {
        StringBuilder script = new StringBuilder();
        try (Connection connection = connect();
                PreparedStatement dump = connection.prepareStatement("script");
                ResultSet lines = dump.executeQuery()) {
            while (lines.next()) {
                script.append(lines.getString(1)).append('\n');
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return script.toString();
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:" + SETTINGS, ACCOUNT, PASSWORD);
    }
}
