package io.qahub.keycloak.apitokens.theme;

import java.util.Map;
import java.util.function.Function;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeSelectorProvider;

/**
 * Selects our theme for the consoles of realms that have no theme set, or one that does not exist, and delegates to Keycloak
 * otherwise.
 */
record ConsoleThemeSelector(
        ThemeSelectorProvider delegate, Function<Theme.Type, String> configured, Function<Theme.Type, String> ourTheme)
        implements ThemeSelectorProvider {
    /** The themes that our themes extend. */
    private static final Map<Theme.Type, String> PARENTS =
            Map.of(Theme.Type.ACCOUNT, DEFAULT_V3, Theme.Type.ADMIN, DEFAULT_V2);

    @Override
    public String getThemeName(Theme.Type type) {
        String selected = delegate.getThemeName(type);
        return isUnset(type) ? oursInsteadOfParent(selected, type) : selected;
    }

    /** Keycloak also uses this theme if the selected one cannot be loaded. */
    @Override
    public String getDefaultThemeName(Theme.Type type) {
        return oursInsteadOfParent(delegate.getDefaultThemeName(type), type);
    }

    @Override
    public void close() {}

    private String oursInsteadOfParent(String theme, Theme.Type type) {
        return theme.equals(PARENTS.get(type)) ? ourTheme.apply(type) : theme;
    }

    private boolean isUnset(Theme.Type type) {
        String theme = configured.apply(type);
        return theme == null || theme.isEmpty();
    }
}
