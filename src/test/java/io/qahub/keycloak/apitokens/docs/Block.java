package io.qahub.keycloak.apitokens.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of commands on a page, and the comment before it that names what runs it.
 *
 * @param runner a class or script; null if the comment names none
 * @param prints text that the output of the commands contains; null if the comment does not state any
 * @param excuse the reason why it is not run; null if the comment does not state one
 */
record Block(Path page, int line, String runner, String prints, String excuse, String commands) {
    private static final Pattern FENCE =
            Pattern.compile("(?m)^(<!-- (.*) -->\n)?```(?:sh|bash|shell|console)\n((?:.*\n)*?)```$");
    private static final Pattern RUN = Pattern.compile("run: ([\\w./-]+)(?:, prints (.+))?");
    private static final Pattern NOT_RUN = Pattern.compile("not run: (.+)");

    /** Returns the blocks of all pages. */
    static List<Block> all() {
        return pages().stream().flatMap(page -> of(page).stream()).toList();
    }

    /** Returns every page of the documentation. */
    static List<Path> pages() {
        List<Path> pages = new ArrayList<>(Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
                .map(Path::of)
                .toList());
        for (Path start : List.of(Path.of("docs"), Path.of("examples"))) {
            try (Stream<Path> files = Files.walk(start)) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .filter(file -> !file.toString().contains("node_modules"))
                        .sorted()
                        .forEach(pages::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return pages;
    }

    private static List<Block> of(Path page) {
        String text = read(page);
        return FENCE.matcher(text)
                .results()
                .map(fence -> of(page, lineOf(text, fence), fence))
                .toList();
    }

    private static Block of(Path page, int line, MatchResult fence) {
        String comment = String.valueOf(fence.group(2));
        return new Block(
                page, line, group(RUN, comment, 1), group(RUN, comment, 2), group(NOT_RUN, comment, 1), fence.group(3));
    }

    private static String group(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .filter(found -> found.group().equals(text))
                .flatMap(found -> Stream.ofNullable(found.group(group)))
                .findFirst()
                .orElse(null);
    }

    private static int lineOf(String text, MatchResult fence) {
        return (int) text.substring(0, fence.start()).lines().count() + 1;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
