package io.qahub.keycloak.apitokens.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Keycloak's admin CLI, {@code kcadm.sh}, for a shell. It is either the script, which starts a JVM per command (more than a
 * second each), or one JVM that runs the commands of many calls with the same classes and arguments.
 */
public final class Kcadm implements AutoCloseable {
    private static final Path SCRIPTS = Build.distribution().resolve("bin");
    private static final Path STAND_IN = Path.of("src/test/resources/kcadm").toAbsolutePath();
    private static final List<String> JVM_OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Path home;
    private final Process jvm;
    private String port;

    private Kcadm(Path home, Process jvm) {
        this.home = home;
        this.jvm = jvm;
    }

    /** Returns the script as it is in the distribution, with its configuration in this home. */
    public static Kcadm script(Path home) {
        return new Kcadm(home, null);
    }

    /**
     * Starts a JVM for commands that run in this home and read neither standard input nor environment variables. Does not
     * wait until it is ready.
     */
    public static Kcadm inOneJvm(Path home) {
        try {
            return new Kcadm(
                    home,
                    new ProcessBuilder(command(home))
                            .directory(home.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the command line of the script, with {@link KcadmServer} as the main class. */
    private static List<String> command(Path home) throws IOException {
        Path client = SCRIPTS.resolve("client");
        String ownClasses = KcadmServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of(
                "-Duser.home=" + home,
                "-cp",
                cli(client) + ":" + ownClasses,
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Dkc.lib.dir=" + client.resolve("lib"),
                KcadmServer.class.getName()));
        return command;
    }

    private static Path cli(Path client) throws IOException {
        try (Stream<Path> files = Files.list(client)) {
            return files.filter(file -> file.getFileName().toString().startsWith("keycloak-admin-cli-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Sets up the home for a shell, without a signed-in user and with {@code kcadm.sh} first in the path. */
    public void addTo(ProcessBuilder shell) {
        try {
            Files.deleteIfExists(home.resolve(".keycloak/kcadm.config"));
            shell.directory(home.toFile());
            Map<String, String> variables = shell.environment();
            variables.merge("PATH", "", (path, none) -> (jvm == null ? SCRIPTS : STAND_IN) + ":" + path);
            variables.put("HOME", home.toString());
            variables.put("JAVA_HOME", System.getProperty("java.home"));
            // Java does not read the home directory from HOME.
            variables.put("KC_OPTS", String.join(" ", JVM_OPTIONS) + " -Duser.home=" + home);
            if (jvm != null) {
                variables.put("KCADM_PORT", port());
                variables.put(
                        "KCADM_CALLS", Files.createTempDirectory(home, "kcadm").toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String port() throws IOException {
        if (port == null) {
            try (BufferedReader out = jvm.inputReader(StandardCharsets.UTF_8)) {
                port = out.readLine();
            }
            if (port == null) {
                throw new IllegalStateException("The JVM for kcadm.sh did not start");
            }
        }
        return port;
    }

    @Override
    public void close() {
        if (jvm != null) {
            jvm.destroyForcibly();
        }
    }
}
