package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.qahub.keycloak.apitokens.token.TokenGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Git hook {@code examples/secret-scanning/pre-commit}. */
class PreCommitTest {
    private static final Path HOOK = Examples.directory("secret-scanning").resolve("pre-commit");
    private static final Map<String, String> AUTHOR = Map.of(
            "GIT_AUTHOR_NAME", "alice",
            "GIT_AUTHOR_EMAIL", "alice@example.org",
            "GIT_COMMITTER_NAME", "alice",
            "GIT_COMMITTER_EMAIL", "alice@example.org");

    @TempDir
    private Path repository;

    private final String token = new TokenGenerator().next().reveal();

    @BeforeEach
    void installHook() throws IOException {
        git("init", "-q");
        Files.copy(
                HOOK, Files.createDirectories(repository.resolve(".git/hooks")).resolve("pre-commit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "QA_HUB_TOKEN=%s\n", "{\"token\":\"%s\"}", "\0binary\0%s\0", "äöü %s äöü"})
    void aCommitWithATokenIsRejectedWithoutTheSecret(String context) throws IOException {
        write("my app.env", "first line\n" + context.formatted(token));
        String problem = assertThrows(IllegalStateException.class, this::commit).getMessage();
        assertTrue(problem.contains("my app.env:2 contains the API token " + token.substring(0, 9) + ". "), problem);
        assertFalse(problem.contains(token.substring(10, 40)), problem);
    }

    @Test
    void everyTokenIsFound() throws IOException {
        List<String> tokens = Stream.generate(() -> new TokenGenerator().next().reveal())
                .limit(20)
                .toList();
        write("app.env", String.join("\n", tokens));
        String problem = assertThrows(IllegalStateException.class, this::commit).getMessage();
        assertEquals(20, problem.split("contains the API token", -1).length - 1, problem);
    }

    @Test
    void aStringThatIsNoTokenIsCommitted() throws IOException {
        char last = token.charAt(45) == 'a' ? 'b' : 'a';
        write(
                "readme",
                "qh_abc123_" + "x".repeat(36) + "\n" + token.substring(0, 45) + last + "\n" + token.substring(1));
        commit();
        assertEquals("readme\n", git("ls-tree", "--name-only", "HEAD"));
    }

    @Test
    void aCommitThatRemovesATokenIsAccepted() throws IOException {
        write("app.env", token);
        git("commit", "-q", "--no-verify", "-m", "Add a token");
        write("app.env", "nothing");
        commit();
        git("rm", "-q", "app.env");
        commit();
        assertEquals("", git("ls-tree", "--name-only", "HEAD"));
    }

    @Test
    void theHookAlsoRunsInBash() throws IOException {
        write("app.env", token);
        String problem = assertThrows(
                        IllegalStateException.class,
                        () -> Commands.run(repository, Map.of(), List.of("bash", "--posix", HOOK.toString())))
                .getMessage();
        assertTrue(problem.contains("app.env:1 contains"), problem);
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(repository.resolve(file), content);
        git("add", "--all");
    }

    private void commit() {
        git("commit", "-q", "-m", "Change files");
    }

    private String git(String... arguments) {
        return Commands.run(
                repository,
                AUTHOR,
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
    }
}
