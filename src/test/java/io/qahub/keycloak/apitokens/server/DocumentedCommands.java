package io.qahub.keycloak.apitokens.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The shell commands of a page: those before the first section, followed by those of one section. */
record DocumentedCommands(String page) {
    private static final Pattern BLOCK = Pattern.compile("^ *```sh\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String MARK = "@@ ";

    static DocumentedCommands of(Path page) {
        try {
            return new DocumentedCommands(Files.readString(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces text in the commands; fails if the page does not contain it. */
    DocumentedCommands replace(String documented, String real) {
        if (!page.contains(documented)) {
            throw new IllegalStateException("The page does not mention " + documented);
        }
        return new DocumentedCommands(page.replace(documented, real));
    }

    private List<String> commands(String section) {
        String before = page.substring(0, page.indexOf("\n## "));
        int start = page.indexOf("\n## " + section);
        int end = page.indexOf("\n## ", start + 1);
        String commands = before + page.substring(start, end < 0 ? page.length() : end);
        return BLOCK.matcher(commands)
                .results()
                .map((MatchResult block) -> block.group(1).stripIndent())
                .flatMap(String::lines)
                .toList();
    }

    /** Runs the commands of a section in one shell, up to the first that fails; returns the output of each. */
    Map<String, String> run(String section, Kcadm kcadm) {
        List<String> commands = commands(section);
        String script = commands.stream()
                .map(command -> "echo '" + MARK + "'\n" + command)
                .collect(Collectors.joining("\n"));
        String output = shell(script, kcadm);
        String[] outputs = output.split("(?m)^" + MARK + "$", -1);
        if (outputs.length != commands.size() + 1 || !output.endsWith("done\n")) {
            throw new IllegalStateException(commands.get(outputs.length - 2) + "\nfailed:\n" + output);
        }
        Map<String, String> byCommand = new LinkedHashMap<>();
        for (int i = 0; i < commands.size(); i++) {
            byCommand.put(commands.get(i), outputs[i + 1]);
        }
        return byCommand;
    }

    private static String shell(String script, Kcadm kcadm) {
        ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script + "\necho done");
        kcadm.addTo(shell);
        try {
            Process process = shell.redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
