package io.qahub.keycloak.apitokens.docs;

import io.qahub.keycloak.apitokens.server.Kcadm;
import io.qahub.keycloak.apitokens.server.Keycloak;
import io.qahub.keycloak.apitokens.server.Realm;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A shell for the commands of a page. It provides {@code kcadm.sh}, signed in as admin, and API tokens of Alice in
 * {@code TOKEN}, {@code TOKEN1} and {@code TOKEN2}, if the page mentions them. The address and realm of the demo are replaced
 * with those of the test.
 */
final class Shell implements AutoCloseable {
    private static final String END = "__end of the block__";
    private static final String SIGN_IN =
            "kcadm.sh config credentials --server http://localhost:8080 --realm master --user admin --password admin";

    private final Realm realm;
    private final Path script;
    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    private Shell(Realm realm, Path script, Process process) {
        this.realm = realm;
        this.script = script;
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The result of commands. */
    record Result(int status, String output) {}

    /** Starts a shell for a page. A page for administrators, which changes the realm, has a separate realm. */
    static Shell of(Path page, Kcadm kcadm) {
        String text = Block.read(page);
        boolean forAdmins = text.contains("kcadm.sh");
        String name = "docs-" + page.getFileName().toString().replaceAll("\\W", "-");
        Realm realm = forAdmins ? Realm.fresh(name) : Realm.QA_HUB;
        ProcessBuilder bash = new ProcessBuilder("bash", "-u").redirectErrorStream(true);
        kcadm.addTo(bash);
        addTokens(text, realm, bash.environment());
        try {
            Path script = bash.directory().toPath().resolve("block.sh").toAbsolutePath();
            Shell shell = new Shell(realm, script, bash.start());
            if (forAdmins) {
                shell.run(SIGN_IN);
            }
            return shell;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addTokens(String page, Realm realm, Map<String, String> environment) {
        String alice = realm.signIn("alice");
        Stream.of("TOKEN", "TOKEN1", "TOKEN2")
                .filter(name -> page.contains("$" + name))
                .forEach(name -> environment.put(
                        name, realm.newToken(alice, name).path("token").asText()));
    }

    /** Runs commands up to the first that fails. */
    Result run(String commands) {
        String here = commands.replace("http://localhost:8080", Keycloak.get().url())
                .replaceAll("(?<=realms/|-r )qa-hub(?![-\\w])", realm.name());
        try {
            Files.writeString(script, here);
            in.write("trap 'echo; echo \"" + END + "$?\"' EXIT; set -e -o pipefail; . '" + script
                    + "' </dev/null; trap - EXIT; echo; echo '" + END + "0'\n");
            in.flush();
            StringBuilder output = new StringBuilder();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(END)) {
                    return new Result(Integer.parseInt(line.substring(END.length())), output.toString());
                }
                output.append(line).append('\n');
            }
            return new Result(-1, output.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (!realm.equals(Realm.QA_HUB)) {
            realm.delete();
        }
    }
}
