package io.qahub.keycloak.apitokens;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.keycloak.common.util.Time;

/** Dependencies between packages point one way, as docs/architecture.md shows. */
@AnalyzeClasses(packages = "io.qahub.keycloak.apitokens", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {
    private static final String ROOT = "io.qahub.keycloak.apitokens.";

    @ArchTest
    static final ArchRule packagesDependOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitectureIgnoring("io.qahub.keycloak.apitokens")
            .layer("token")
            .definedBy(ROOT + "token")
            .layer("keycloak")
            .definedBy(ROOT + "keycloak")
            .layer("model")
            .definedBy(ROOT + "model")
            .layer("jpa")
            .definedBy(ROOT + "jpa")
            .layer("verification")
            .definedBy(ROOT + "verification")
            .layer("jobs")
            .definedBy(ROOT + "jobs..")
            .layer("http")
            .definedBy(ROOT + "http")
            .layer("oidc")
            .definedBy(ROOT + "oidc..")
            .layer("rest")
            .definedBy(ROOT + "rest..")
            .layer("theme")
            .definedBy(ROOT + "theme")
            .whereLayer("token")
            .mayNotAccessAnyLayer()
            .whereLayer("keycloak")
            .mayNotAccessAnyLayer()
            .whereLayer("theme")
            .mayOnlyAccessLayers("keycloak")
            .whereLayer("model")
            .mayOnlyAccessLayers("token", "keycloak")
            .whereLayer("jpa")
            .mayOnlyAccessLayers("model", "keycloak")
            .whereLayer("verification")
            .mayOnlyAccessLayers("model", "token", "keycloak")
            .whereLayer("jobs")
            .mayOnlyAccessLayers("model", "keycloak")
            .whereLayer("http")
            .mayOnlyAccessLayers("model", "verification", "token", "keycloak")
            .whereLayer("oidc")
            .mayOnlyAccessLayers("model", "verification", "http", "token", "keycloak")
            .whereLayer("rest")
            .mayOnlyAccessLayers("model", "verification", "http", "keycloak", "oidc");

    @ArchTest
    static final ArchRule partsOfOidcAreIndependent =
            slices().matching(ROOT + "oidc.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule partsOfRestAreIndependent =
            slices().matching(ROOT + "rest.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule httpStaysAtTheEndpoints = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "token", ROOT + "model", ROOT + "jpa", ROOT + "verification")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    /** The clock can be set back; {@code System.nanoTime()} cannot. Points in time come from a {@code java.time.Clock}. */
    @ArchTest
    static final ArchRule durationsAreNotMeasuredByTheClock = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Time.class, "currentTimeMillis")
            .orShould()
            .callMethod(Time.class, "currentTime");
}
