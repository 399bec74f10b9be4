package io.qahub.keycloak.apitokens.server;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.cluster.Rows;
import io.qahub.keycloak.apitokens.token.SecretHasher;
import io.qahub.keycloak.apitokens.token.TokenString;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.h2.tools.Server;

/**
 * The database of a server, with access for tests. The shared server uses H2 in the memory of this JVM, unless the property
 * {@code test.database} is {@code mariadb} or {@code postgres}.
 */
public final class Database {
    private static final String KIND = System.getProperty("test.database", "h2");
    private static final String H2_SETTINGS = ";DB_CLOSE_DELAY=-1;NON_KEYWORDS=VALUE";
    private static final String H2_PASSWORD = UUID.randomUUID().toString();
    private static Database running;
    private static Server h2Server;

    private final String kind;
    private final String url;
    private final String account;
    private final String password;

    private Database(String kind, String url, String account, String password) {
        this.kind = kind;
        this.url = url;
        this.account = account;
        this.password = password;
    }

    public static synchronized Database get() {
        if (running == null) {
            running = start(KIND);
        }
        return running;
    }

    private static Database start(String kind) {
        return switch (kind) {
            case "h2" -> ReusableServer.isWanted() ? h2File(ReusableServer.database()) : h2("keycloak");
            case "mariadb" -> new Database(kind, MariaDb.start().url(), MariaDb.ACCOUNT, MariaDb.PASSWORD);
            case "postgres" -> new Database(kind, Postgres.start().url(), kind, kind);
            default -> throw new IllegalArgumentException("test.database must be h2, mariadb or postgres, not " + kind);
        };
    }

    /** Returns an empty database of the kind that the shared server uses, for a server that a test starts itself. */
    static Database empty(String name) {
        return KIND.equals("h2") ? h2(name) : start(KIND);
    }

    /** As {@link #empty}, but PostgreSQL instead of H2. */
    static Database emptyForProduction() {
        return start(KIND.equals("h2") ? "postgres" : KIND);
    }

    /** Returns {@code h2}, {@code mariadb} or {@code postgres}. */
    String kind() {
        return kind.equals("dev-mem") ? "h2" : kind;
    }

    /** Returns an empty H2 database with this name, for a server that a test starts itself. */
    static synchronized Database h2(String name) {
        try {
            if (h2Server == null) {
                List<String> options = new ArrayList<>(List.of("-tcpPort", "0", "-tcpDaemon"));
                if (ServerContainer.found().isPresent()) {
                    options.add("-tcpAllowOthers");
                }
                h2Server =
                        Server.createTcpServer(options.toArray(String[]::new)).start();
            }
            DriverManager.getConnection("jdbc:h2:mem:" + name + H2_SETTINGS, "sa", H2_PASSWORD)
                    .close();
            String url = "jdbc:h2:tcp://localhost:" + h2Server.getPort() + "/mem:" + name + H2_SETTINGS;
            return new Database("dev-mem", url, "sa", H2_PASSWORD);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns an H2 file that a server and the tests can open at the same time, and that is kept after both end. */
    private static Database h2File(Path file) {
        return new Database(
                "dev-file", "jdbc:h2:file:" + file + ";AUTO_SERVER=TRUE;NON_KEYWORDS=VALUE", "sa", "reused");
    }

    /** Returns the options for a server that uses this database and reaches this machine by the given name. */
    List<String> serverOptions(String host) {
        return List.of(
                "--db=" + kind,
                "--db-url=" + url.replace("//localhost:", "//" + host + ":"),
                "--db-username=" + account,
                "--db-password=" + password);
    }

    /** Returns the environment with which the database's own command-line client connects to it. */
    Map<String, String> clientEnvironment() {
        URI server = URI.create(url.substring("jdbc:".length()));
        String port = String.valueOf(server.getPort());
        Map<String, String> environment = new HashMap<>(
                kind.equals("mariadb")
                        ? Map.of("MYSQL_HOST", "127.0.0.1", "MYSQL_TCP_PORT", port, "MYSQL_PWD", password)
                        : Map.of("PGHOST", "localhost", "PGPORT", port, "PGUSER", account, "PGPASSWORD", password));
        environment.put("DATABASE", server.getPath().substring(1));
        return environment;
    }

    /** Returns this database for a user who may change rows, but not tables. */
    Database forRestrictedUser() {
        if (kind.equals("postgres")) {
            execute("revoke create on schema public from public");
            execute("create user restricted password 'restricted'");
            execute("grant select, insert, update, delete on all tables in schema public to restricted");
            execute("alter default privileges grant select, insert, update, delete on tables to restricted");
        }
        return new Database(kind, url, "restricted", "restricted");
    }

    /** The rows of API tokens that have this value in this column. */
    long tokenRows(String column, String value) {
        try (Connection connection = connect();
                PreparedStatement query =
                        connection.prepareStatement("select count(*) from QH_API_TOKEN where " + column + " = ?")) {
            query.setString(1, value);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets a column of the token with this prefix. An owner is never younger than the token. */
    public void setTime(String prefix, String column, Instant time) {
        if (column.equals("CREATED_AT")) {
            makeOwnerOlder(prefix, time);
        }
        try (Connection connection = connect();
                PreparedStatement update =
                        connection.prepareStatement("update QH_API_TOKEN set " + column + " = ? where PREFIX = ?")) {
            update.setLong(1, time.toEpochMilli());
            update.setString(2, prefix);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void makeOwnerOlder(String prefix, Instant time) {
        execute("update USER_ENTITY set CREATED_TIMESTAMP = %1$d where CREATED_TIMESTAMP > %1$d"
                        .formatted(time.toEpochMilli())
                + " and ID in (select USER_ID from QH_API_TOKEN where PREFIX = '" + prefix + "')");
    }

    /** Gives the owner of the token with this prefix more tokens: at most 999 copies of it under new ids and prefixes. */
    public void copyToken(String prefix, int copies) {
        copyToken(
                prefix,
                IntStream.range(0, 1000)
                        .mapToObj(i -> "%s%03d".formatted(prefix.substring(0, 3), i))
                        .filter(other -> !other.equals(prefix))
                        .limit(copies)
                        .toList());
    }

    /** Replaces the bcrypt hash of a token by another one of the same secret, which no node has verified. */
    void rehash(String tokenString) {
        TokenString token = TokenString.parse(tokenString).orElseThrow();
        String hash = new SecretHasher(SecretHasher.MINIMUM_COST).hash(token.secret());
        execute("update QH_API_TOKEN set SECRET_HASH = '%s' where PREFIX = '%s'".formatted(hash, token.prefix()));
    }

    /** Gives the owner of the token with this prefix copies of it under new ids and these prefixes. */
    void copyToken(String prefix, List<String> copies) {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into QH_API_TOKEN
                          (ID, PREFIX, REALM_ID, USER_ID, NAME, SECRET_HASH, SCOPES, CREATED_AT)
                        select ?, ?, REALM_ID, USER_ID, NAME, SECRET_HASH, SCOPES, CREATED_AT
                        from QH_API_TOKEN where PREFIX = ?""")) {
            connection.setAutoCommit(false);
            for (String copy : copies) {
                insert.setString(1, UUID.randomUUID().toString());
                insert.setString(2, copy);
                insert.setString(3, prefix);
                insert.executeUpdate(); // MariaDB does not support such a statement in a batch
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As above, for many copies: some never used, some without expiry, several with the same times. */
    void spreadToken(String prefix, int copies) {
        makeOwnerOlder(prefix, Instant.EPOCH);
        long now = System.currentTimeMillis();
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into QH_API_TOKEN (ID, PREFIX, CREATED_AT, LAST_USED_AT, EXPIRES_AT,
                          REALM_ID, USER_ID, NAME, SECRET_HASH, SCOPES)
                        select ?, ?, ?, ?, ?, REALM_ID, USER_ID, NAME, SECRET_HASH, SCOPES
                        from QH_API_TOKEN where PREFIX = ?""")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < copies; i++) {
                long time = i / 3 * 7919 % copies * 1000L;
                insert.setString(1, UUID.randomUUID().toString());
                insert.setString(2, "%06d".formatted(i));
                insert.setLong(3, now - time);
                insert.setObject(4, i % 4 == 0 ? null : now + time, Types.BIGINT);
                insert.setObject(5, i % 5 < 2 ? null : now + 100_000_000 + time, Types.BIGINT);
                insert.setString(6, prefix);
                insert.executeUpdate(); // MariaDB does not support such a statement in a batch
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs an action while the table of API tokens cannot be read. */
    public void without(Runnable action) {
        execute("alter table QH_API_TOKEN rename to QH_API_TOKEN_AWAY");
        try {
            action.run();
        } finally {
            execute("alter table QH_API_TOKEN_AWAY rename to QH_API_TOKEN");
        }
    }

    /** Runs an action while the tokens of this owner can be read, but not revoked. */
    void withoutRevocation(String ownerId, Runnable action) {
        execute("alter table QH_API_TOKEN add constraint NOT_REVOKED check (USER_ID <> '" + ownerId
                + "' or REVOKED_AT is null)");
        try {
            action.run();
        } finally {
            execute("alter table QH_API_TOKEN drop constraint NOT_REVOKED");
        }
    }

    /** Runs SQL statements. */
    public void execute(String statement) {
        try (Connection connection = connect();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs an action while a statement is executed but not committed, and commits it after that. */
    void uncommitted(String statement, Runnable action) {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement prepared = connection.prepareStatement(statement)) {
                prepared.execute();
            }
            action.run();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the first column of the result of a query. */
    List<String> texts(String query) {
        try (Connection connection = connect()) {
            return Rows.firstColumn(connection, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns every value of every table. */
    String dump() {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = connect();
                ResultSet tables = connection
                        .getMetaData()
                        .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {
                            "TABLE", "BASE TABLE"
                        })) {
            while (tables.next()) {
                dump(connection, tables.getString("TABLE_NAME"), dump);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return dump.toString();
    }

    private static void dump(Connection connection, String table, StringBuilder dump) throws SQLException {
        dump.append(table).append('\n');
        try (PreparedStatement query = connection.prepareStatement("select * from " + table);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    dump.append(rows.getString(i)).append('|');
                }
                dump.append('\n');
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, account, password);
    }
}
