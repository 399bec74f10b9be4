package io.qahub.keycloak.apitokens.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * A real, empty MariaDB from this machine's packages with default settings; it stops with the JVM. The property
 * {@code test.database.collation} sets the collation of the schema, and with it the character set.
 */
record MariaDb(String url) {
    static final String ACCOUNT = "keycloak";
    static final String PASSWORD = "keycloak";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SET_UP =
            """
            create database keycloak collate %s;
            create user keycloak@'%%' identified by 'keycloak';
            grant all on keycloak.* to keycloak@'%%';
            create user restricted@'%%' identified by 'restricted';
            grant select, insert, update, delete on keycloak.* to restricted@'%%';
            """.formatted(System.getProperty("test.database.collation", "utf8mb4_unicode_ci"));

    static MariaDb start() {
        try {
            int port = FreePort.find();
            Path home = Files.createTempDirectory(Path.of("target"), "mariadb").toAbsolutePath();
            run(home, "mariadb-install-db", "--auth-root-authentication-method=normal", "--skip-test-db")
                    .waitFor();
            Files.writeString(home.resolve("set-up.sql"), SET_UP);
            Process server = run(
                    home,
                    "mariadbd",
                    "--port=" + port,
                    "--socket=" + home.resolve("socket"),
                    "--pid-file=" + home.resolve("pid"),
                    "--init-file=" + home.resolve("set-up.sql"));
            Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
            MariaDb database = new MariaDb("jdbc:mariadb://localhost:" + port + "/keycloak");
            database.await(server, home);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Process run(Path home, String program, String... options) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program, "--no-defaults", "--datadir=" + home.resolve("data"));
        builder.command().addAll(List.of(options));
        if (System.getProperty("user.name").equals("root")) {
            builder.command().add("--user=root");
        }
        File log = home.resolve("log").toFile();
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private void await(Process server, Path home) throws IOException {
        try {
            Awaitility.await("MariaDB to respond")
                    .atMost(PATIENCE)
                    .failFast("its process has ended", () -> !server.isAlive())
                    .until(this::isAnswering);
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            throw new IllegalStateException("MariaDB did not start:\n" + Files.readString(home.resolve("log")), e);
        }
    }

    private boolean isAnswering() {
        try {
            DriverManager.getConnection(url, ACCOUNT, PASSWORD).close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
