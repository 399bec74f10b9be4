package io.qahub.keycloak.apitokens.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A shared server that keeps running for the next test run: {@code -Dkeycloak.reuse}. It is replaced if it has stopped or if
 * the packaged jar has changed. Each run starts with the demo realm and the master realm, whose only user is admin.
 */
final class ReusableServer {
    private static final Home HOME = new Home(Build.distribution().resolveSibling("keycloak-reused"));
    private static final Path STATE = HOME.path().resolve("test-server.state");

    private ReusableServer() {}

    static boolean isWanted() {
        return !System.getProperty("keycloak.reuse", "false").equals("false");
    }

    /** The database file. */
    static Path database() {
        return HOME.path().resolve("data/tests");
    }

    /** Returns the server of the previous run, or starts one. */
    static Keycloak get() {
        try {
            Optional<State> last = State.read();
            if (last.isPresent() && last.get().isUsable()) {
                Keycloak server = last.get().server();
                makeAsNew(server);
                return server;
            }
            last.flatMap(State::process).ifPresent(ReusableServer::end);
            return start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts with an empty database: the schema of another jar may differ. */
    private static Keycloak start() throws IOException {
        Files.deleteIfExists(Path.of(database() + ".mv.db"));
        Home.distribution().copyTo(HOME.path());
        Keycloak server = Keycloak.launch(
                HOME.withJar(),
                Keycloak.command(Keycloak.DEVELOPMENT, Database.get().serverOptions("localhost")));
        // Until the next run can find it, the server ends with this JVM.
        Thread end = new Thread(server::close);
        Runtime.getRuntime().addShutdownHook(end);
        server.awaitReady();
        State.of(server).write();
        Runtime.getRuntime().removeShutdownHook(end);
        return server;
    }

    private static void end(ProcessHandle process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }

    private static void makeAsNew(Keycloak server) {
        String admin = MasterAdmin.accessToken(server);
        for (JsonNode realm :
                Http.call(server, "GET", "/admin/realms").bearer(admin).send().json()) {
            String name = realm.path("realm").asText();
            if (!name.equals("master")) {
                new Realm(server, name).delete();
            }
        }
        Realm.fresh(server, "qa-hub");
    }

    /** The data that the next run requires. */
    private record State(long pid, String url, String managementUrl, String jar) {
        static State of(Keycloak server) throws IOException {
            return new State(server.process().pid(), server.url(), server.managementUrl(), currentJar());
        }

        static Optional<State> read() throws IOException {
            if (Files.notExists(STATE)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(STATE);
            return Optional.of(new State(Long.parseLong(lines.get(0)), lines.get(1), lines.get(2), lines.get(3)));
        }

        void write() throws IOException {
            Files.write(STATE, List.of(String.valueOf(pid), url, managementUrl, jar));
        }

        Optional<ProcessHandle> process() {
            return ProcessHandle.of(pid);
        }

        boolean isUsable() throws IOException {
            return process().isPresent() && jar.equals(currentJar());
        }

        Keycloak server() {
            return new Keycloak(url, managementUrl, HOME, Keycloak.log(HOME), null);
        }

        private static String currentJar() throws IOException {
            return Files.getLastModifiedTime(Build.jar()) + ", " + Files.size(Build.jar()) + " bytes";
        }
    }
}
