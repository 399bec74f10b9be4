package io.qahub.keycloak.apitokens.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link to a file of this repository, and to a heading in it, has a target. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void everyLinkHasATarget() {
        List<String> dead = Block.pages().stream()
                .flatMap(page -> LINK.matcher(Block.read(page))
                        .results()
                        .filter(link -> !link.group(1).contains(":"))
                        .filter(link -> isDead(page, link))
                        .map(link -> page + " → " + link.group()))
                .toList();
        assertEquals(List.of(), dead);
    }

    private static boolean isDead(Path page, MatchResult link) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        return Files.notExists(target)
                || (link.group(2) != null && anchors(target).noneMatch(anchor -> anchor.equals(link.group(2))));
    }

    /** Generates anchors like GitHub. */
    private static Stream<String> anchors(Path page) {
        return HEADING.matcher(Block.read(page)).results().map(heading -> heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-'));
    }
}
