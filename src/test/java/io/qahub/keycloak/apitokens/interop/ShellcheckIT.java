package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ShellCheck finds nothing in qh-token, which must be a script for every POSIX shell. */
@Tag("interop")
@Needs(files = ShellcheckIT.SHELLCHECK, packages = "shellcheck")
class ShellcheckIT {
    static final String SHELLCHECK = "/usr/bin/shellcheck";

    @Test
    void qhTokenIsAPosixScriptWithoutFindings() {
        List<String> command = List.of(SHELLCHECK, "--shell=sh", Terminal.SCRIPT.toString());
        assertEquals("", Commands.run(Path.of("."), Map.of(), command));
    }
}
