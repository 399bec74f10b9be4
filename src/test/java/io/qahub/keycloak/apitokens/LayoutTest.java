package io.qahub.keycloak.apitokens;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies between packages point one way. */
@AnalyzeClasses(packages = "io.qahub.keycloak.apitokens", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {
    private static final String ROOT = "io.qahub.keycloak.apitokens.";

    @ArchTest
    static final ArchRule packagesDependOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("token")
            .definedBy(ROOT + "token")
            .layer("metrics")
            .definedBy(ROOT + "metrics")
            .layer("model")
            .definedBy(ROOT + "model")
            .layer("store")
            .definedBy(ROOT + "store")
            .layer("verify")
            .definedBy(ROOT + "verify")
            .layer("lifecycle")
            .definedBy(ROOT + "lifecycle")
            .layer("notice")
            .definedBy(ROOT + "notice")
            .layer("oauth")
            .definedBy(ROOT + "oauth")
            .layer("admin")
            .definedBy(ROOT + "admin")
            .layer("representation")
            .definedBy(ROOT + "representation")
            .layer("introspect")
            .definedBy(ROOT + "introspect")
            .layer("gateway")
            .definedBy(ROOT + "gateway")
            .layer("selfservice")
            .definedBy(ROOT + "selfservice")
            .layer("login")
            .definedBy(ROOT + "login")
            .layer("accesstoken")
            .definedBy(ROOT + "accesstoken")
            .layer("resourceserver")
            .definedBy(ROOT + "resourceserver")
            .layer("realm")
            .definedBy(ROOT + "realm")
            .layer("theme")
            .definedBy(ROOT + "theme")
            .whereLayer("token")
            .mayNotAccessAnyLayer()
            .whereLayer("metrics")
            .mayNotAccessAnyLayer()
            .whereLayer("model")
            .mayOnlyAccessLayers("token")
            .whereLayer("store")
            .mayOnlyAccessLayers("model")
            .whereLayer("verify")
            .mayOnlyAccessLayers("model", "token", "metrics")
            .whereLayer("notice")
            .mayOnlyAccessLayers("model", "metrics")
            .whereLayer("lifecycle")
            .mayOnlyAccessLayers("model", "metrics", "notice")
            .whereLayer("oauth")
            .mayNotAccessAnyLayer()
            .whereLayer("admin")
            .mayOnlyAccessLayers("model", "verify", "oauth", "representation", "token")
            .whereLayer("representation")
            .mayOnlyAccessLayers("model", "oauth", "token")
            .whereLayer("resourceserver")
            .mayOnlyAccessLayers("model", "oauth")
            .whereLayer("introspect")
            .mayOnlyAccessLayers("accesstoken", "model", "resourceserver", "oauth", "token")
            .whereLayer("selfservice")
            .mayOnlyAccessLayers("model", "resourceserver", "representation", "verify", "oauth")
            .whereLayer("login")
            .mayOnlyAccessLayers("accesstoken", "model", "resourceserver", "oauth", "token")
            .whereLayer("accesstoken")
            .mayOnlyAccessLayers("model")
            .whereLayer("gateway")
            .mayOnlyAccessLayers("model", "resourceserver", "oauth")
            .whereLayer("realm")
            .mayOnlyAccessLayers("gateway", "introspect", "model", "oauth", "representation", "selfservice")
            .whereLayer("theme")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule httpStaysAtTheEndpoints = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "token", ROOT + "model", ROOT + "store", ROOT + "verify")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");
}
