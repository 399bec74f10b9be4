package io.qahub.keycloak.apitokens.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeSelectorProvider;

class ConsoleThemeSelectorTest {
    @ParameterizedTest
    @CsvSource({"ACCOUNT,keycloak.v3,", "ACCOUNT,keycloak.v3,''", "ADMIN,keycloak.v2,", "ADMIN,keycloak.v2,''"})
    void aRealmWithoutAThemeUsesOurs(Theme.Type console, String keycloaks, String chosen) {
        assertEquals("ours", selector(keycloaks, chosen).getThemeName(console));
    }

    @ParameterizedTest
    @CsvSource({"ACCOUNT,keycloak.v3", "ACCOUNT,acme", "ADMIN,keycloak.v2", "ADMIN,acme"})
    void aRealmWithAThemeKeepsIt(Theme.Type console, String chosen) {
        assertEquals(chosen, selector(chosen, chosen).getThemeName(console));
    }

    @ParameterizedTest
    @CsvSource({"ACCOUNT,keycloak.v3", "ADMIN,keycloak.v2"})
    void keycloakFallsBackToOursIfARealmsThemeDoesNotExist(Theme.Type console, String keycloaks) {
        assertEquals("ours", selector(keycloaks, "removed").getDefaultThemeName(console));
    }

    @ParameterizedTest
    @CsvSource({"ACCOUNT,acme", "ACCOUNT,keycloak.v2", "ADMIN,acme", "ADMIN,keycloak"})
    void aServerWithACustomDefaultThemeKeepsIt(Theme.Type console, String fallback) {
        assertEquals(fallback, selector(fallback, null).getThemeName(console));
        assertEquals(fallback, selector(fallback, null).getDefaultThemeName(console));
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.Type.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ACCOUNT", "ADMIN"})
    void otherThemeTypesAreSelectedByKeycloak(Theme.Type type) {
        assertEquals("keycloak.v2", selector("keycloak.v2", null).getThemeName(type));
        assertEquals("keycloak.v2", selector("keycloak.v2", null).getDefaultThemeName(type));
    }

    private static ConsoleThemeSelector selector(String theirs, String chosen) {
        return new ConsoleThemeSelector(new Fixed(theirs), type -> chosen, type -> "ours");
    }

    private record Fixed(String name) implements ThemeSelectorProvider {
        @Override
        public String getThemeName(Theme.Type type) {
            return name;
        }

        @Override
        public String getDefaultThemeName(Theme.Type type) {
            return name;
        }

        @Override
        public void close() {}
    }
}
