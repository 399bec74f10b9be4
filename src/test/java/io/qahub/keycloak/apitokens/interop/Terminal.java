package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.server.LoginPages;
import io.qahub.keycloak.apitokens.server.Realm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs qh-token in a shell, with tracing on, in a home directory. The script {@code recorder} stands in for the programs that
 * qh-token calls, and records what they receive.
 */
record Terminal(String shell, Path home) {
    static final Path SCRIPT = Path.of("src/main/scripts/qh-token").toAbsolutePath();
    static final Pattern SIGN_IN_URL = Pattern.compile("https?://\\S+user_code=\\S+");

    private static final Path RECORDER =
            Path.of("src/test/resources/terminal/recorder").toAbsolutePath();
    private static final List<String> PROGRAMS =
            List.of("base64", "cat", "curl", "cut", "jq", "mkdir", "mv", "od", "rm", "sed", "sha256sum", "sleep", "tr");

    static Terminal in(Path home, String shell) {
        try {
            Files.createDirectories(home.resolve("run/qh-token"));
            Files.createDirectories(home.resolve("record"));
            return new Terminal(shell, home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a path in which the recorder has the names of the programs. */
    private static String recordingPath() {
        Path bin = Examples.workDirectory("terminal");
        try {
            for (String program : PROGRAMS) {
                if (Files.notExists(bin.resolve(program))) {
                    Files.createSymbolicLink(bin.resolve(program), RECORDER);
                }
            }
            return bin + ":" + System.getenv("PATH");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path session() {
        return home.resolve("run/qh-token/session");
    }

    /** Stores a session, as a sign-in does. */
    Terminal withSession(String content) {
        write(session(), content);
        return this;
    }

    ShellRun.Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** Runs a command with these variables of the recorder. */
    ShellRun.Result run(Map<String, String> variables, String... arguments) {
        return startRecorded(variables, arguments).finish();
    }

    /** Runs a command without the recorder, after a command of the shell such as {@code ulimit}. */
    ShellRun.Result runAfter(String preparation, String... arguments) {
        return start(Map.of(), List.of("sh", "-c", preparation + "; exec \"$0\" \"$@\""), arguments)
                .finish();
    }

    /** Signs in, and approves as this user in a browser; returns the output. */
    String signIn(Realm realm, String user) {
        ShellRun login = startLogin(Map.of(), realm);
        LoginPages.at(realm, login.awaitText(SIGN_IN_URL)).signIn(user).approve();
        ShellRun.Result result = login.finish();
        assertEquals(0, result.status(), result.errors());
        return result.output() + result.errors();
    }

    ShellRun startLogin(Map<String, String> variables, Realm realm) {
        return startRecorded(variables, "login", realm.server().url() + realm.path(""));
    }

    private ShellRun startRecorded(Map<String, String> variables, String... arguments) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("PATH", recordingPath());
        return start(all, List.of(), arguments);
    }

    private ShellRun start(Map<String, String> variables, List<String> wrapper, String... arguments) {
        // In a process group of its own, as in a terminal, and with the signals that a terminal sends.
        List<String> command = Stream.of(
                        Stream.of("env", "--default-signal=HUP,INT,TERM", "setsid"),
                        wrapper.stream(),
                        Stream.of(shell, "-x", SCRIPT.toString()),
                        Stream.of(arguments))
                .flatMap(part -> part)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_RUNTIME_DIR", home.resolve("run").toString());
        builder.environment().put("RECORD", home.resolve("record").toString());
        builder.environment().put("token", "exported by the caller");
        builder.environment().putAll(variables);
        return ShellRun.start(builder);
    }

    /** Returns the arguments and the environment of all programs that have been run. */
    String processes() {
        return read(home.resolve("record/processes"));
    }

    /** Returns the requests and responses of curl. */
    String exchanges() {
        return read(home.resolve("record/secrets"));
    }

    /** Returns how many programs have been run since this was last called. */
    int takeCalls() {
        Path calls = home.resolve("record/calls");
        int lines = (int) read(calls).lines().count();
        write(calls, "");
        return lines;
    }

    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
