package io.qahub.keycloak.apitokens.theme;

import java.util.function.Supplier;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeSelectorProvider;

/** Answers with our theme for the consoles of realms that have chosen none, and as Keycloak does for all else. */
record ConsoleThemeSelector(ThemeSelectorProvider keycloaks, Supplier<RealmModel> realm, String ours)
        implements ThemeSelectorProvider {

    @Override
    public String getThemeName(Theme.Type type) {
        String theirs = keycloaks.getThemeName(type);
        return type == Theme.Type.ACCOUNT && isUnchosen(realm.get().getAccountTheme()) && theirs.equals(DEFAULT_V3)
                ? ours
                : theirs;
    }

    @Override
    public String getDefaultThemeName(Theme.Type type) {
        return keycloaks.getDefaultThemeName(type);
    }

    @Override
    public void close() {}

    private static boolean isUnchosen(String theme) {
        return theme == null || theme.isEmpty();
    }
}
