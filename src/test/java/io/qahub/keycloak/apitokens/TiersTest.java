package io.qahub.keycloak.apitokens;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** Every test class is run by the quick tier or by exactly one of the further suites; see {@code src/test/README.md}. */
class TiersTest {
    private static final Set<String> FURTHER_SUITES =
            Set.of("browser", "cluster", "compose", "interop", "large", "lifecycle");

    /** Not suites: mark tests that also run against a container, or on databases other than H2. */
    private static final Set<String> OTHER_TAGS = Set.of("container", "database");

    /** Prints times that are evaluated manually. */
    private static final Set<String> RUN_BY_HAND = Set.of("LargeRealmTimes");

    private static final List<JavaClass> TEST_CLASSES = new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                    .importPackages("io.qahub.keycloak.apitokens")
                    .stream()
                    .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                    .filter(type -> !type.isAnnotatedWith(Nested.class)) // part of the class around it
                    .filter(type -> type.getAllMethods().stream().anyMatch(TiersTest::isTest)
                            || type.getAllFields().stream()
                                    .anyMatch(field -> field.isMetaAnnotatedWith(Testable.class)))
                    .toList();

    @Test
    void aTestClassHasANameThatTheBuildRecognizes() {
        assertEquals(
                List.of(),
                namesOf(TEST_CLASSES.stream()
                        .filter(type -> !type.getSimpleName().matches(".*(Test|IT)"))
                        .filter(type -> !RUN_BY_HAND.contains(type.getSimpleName()))));
    }

    @Test
    void aTestClassBelongsToAtMostOneFurtherSuite() {
        assertEquals(
                List.of(),
                namesOf(TEST_CLASSES.stream().filter(type -> suites(type).count() > 1)));
    }

    @Test
    void aTagIsTheNameOfASuite() {
        assertEquals(List.of(), namesOf(TEST_CLASSES.stream().filter(type -> !suites(type)
                .allMatch(FURTHER_SUITES::contains))));
    }

    private static boolean isTest(JavaMethod method) {
        return method.isMetaAnnotatedWith(Testable.class);
    }

    private static Stream<String> suites(JavaClass type) {
        return Arrays.stream(type.reflect().getAnnotationsByType(Tag.class))
                .map(Tag::value)
                .filter(tag -> !OTHER_TAGS.contains(tag));
    }

    private static List<String> namesOf(Stream<JavaClass> types) {
        return types.map(JavaClass::getSimpleName).toList();
    }
}
