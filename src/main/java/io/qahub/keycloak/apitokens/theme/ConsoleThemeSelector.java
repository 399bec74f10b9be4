package io.qahub.keycloak.apitokens.theme;

import java.util.Map;
import java.util.function.Function;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeSelectorProvider;

/** Selects our theme for the consoles of realms that have no theme set, and delegates to Keycloak otherwise. */
record ConsoleThemeSelector(ThemeSelectorProvider keycloaks, Function<Theme.Type, String> chosen, String ours)
        implements ThemeSelectorProvider {
    /** The parent themes of ours. */
    private static final Map<Theme.Type, String> EXTENDED =
            Map.of(Theme.Type.ACCOUNT, DEFAULT_V3, Theme.Type.ADMIN, DEFAULT_V2);

    @Override
    public String getThemeName(Theme.Type type) {
        String theirs = keycloaks.getThemeName(type);
        return theirs.equals(EXTENDED.get(type)) && isUnchosen(type) ? ours : theirs;
    }

    @Override
    public String getDefaultThemeName(Theme.Type type) {
        return keycloaks.getDefaultThemeName(type);
    }

    @Override
    public void close() {}

    private boolean isUnchosen(Theme.Type type) {
        String theme = chosen.apply(type);
        return theme == null || theme.isEmpty();
    }
}
