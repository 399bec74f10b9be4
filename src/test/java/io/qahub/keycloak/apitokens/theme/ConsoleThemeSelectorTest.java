package io.qahub.keycloak.apitokens.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeSelectorProvider;

class ConsoleThemeSelectorTest {
    @ParameterizedTest
    @NullAndEmptySource
    void aRealmThatChoseNoAccountThemeGetsOurs(String chosen) {
        assertEquals("ours", selector("keycloak.v3", chosen).getThemeName(Theme.Type.ACCOUNT));
    }

    @ParameterizedTest
    @CsvSource({"keycloak.v3", "acme"})
    void aRealmThatChoseAnAccountThemeKeepsIt(String chosen) {
        assertEquals(chosen, selector(chosen, chosen).getThemeName(Theme.Type.ACCOUNT));
    }

    @Test
    void aServerWithADefaultThemeOfItsOwnKeepsIt() {
        assertEquals("acme", selector("acme", null).getThemeName(Theme.Type.ACCOUNT));
    }

    @ParameterizedTest
    @EnumSource(value = Theme.Type.class, mode = EnumSource.Mode.EXCLUDE, names = "ACCOUNT")
    void everyOtherTypeOfThemeIsKeycloaks(Theme.Type type) {
        assertEquals("keycloak.v3", selector("keycloak.v3", null).getThemeName(type));
    }

    private static ConsoleThemeSelector selector(String theirs, String chosen) {
        return new ConsoleThemeSelector(new Fixed(theirs), type -> chosen, "ours");
    }

    private record Fixed(String name) implements ThemeSelectorProvider {
        @Override
        public String getThemeName(Theme.Type type) {
            return name;
        }

        @Override
        public void close() {}
    }
}
