package io.qahub.keycloak.apitokens.cluster;

import io.qahub.keycloak.apitokens.server.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A real PostgreSQL that can be stopped and started again with its data. */
public final class Postgres implements AutoCloseable {
    private final int port;
    private final Path data;
    private EmbeddedPostgres running;

    private Postgres(int port, Path data) {
        this.port = port;
        this.data = data;
    }

    /** Starts an empty database on a free port; the caller must close it. */
    public static Postgres start() {
        try {
            Postgres postgres = new Postgres(FreePort.find(), Files.createTempDirectory(Path.of("target"), "postgres"));
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            postgres.resume();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the database after {@link #close()}, with its previous data. */
    public void resume() {
        try {
            running = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setServerConfig("max_connections", "300")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the options that make Keycloak use this database. */
    public List<String> serverOptions() {
        return List.of("--db=postgres", "--db-url=" + url(), "--db-username=postgres", "--db-password=postgres");
    }

    /** Returns the JDBC URL; username and password are {@code postgres}. */
    public String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    /** Runs a statement; returns the number of changed rows. */
    public int execute(String sql) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a query in a transaction that stays open until the connection is closed. */
    public Connection hold(String sql) {
        try {
            Connection connection = connect();
            connection.setAutoCommit(false);
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.execute();
            }
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the number that a query returns. */
    public long number(String sql) {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the first column of the result of a query. */
    public List<String> texts(String sql) {
        try (Connection connection = connect()) {
            return Rows.firstColumn(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the generic plan of a statement with parameters $1, $2 and so on. */
    public String plan(String sql) {
        try (Connection connection =
                        DriverManager.getConnection(url() + "?preferQueryMode=simple", "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("explain (generic_plan) " + sql)) {
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            return plan.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "postgres", "postgres");
    }

    /** Stops the database immediately, like a crash of its machine. */
    @Override
    public synchronized void close() {
        try {
            if (running != null) {
                running.close();
                running = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
