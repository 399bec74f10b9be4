package io.qahub.keycloak.apitokens.theme;

import io.qahub.keycloak.apitokens.keycloak.SupportedVersions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeSelectorProvider;
import org.keycloak.theme.ThemeSelectorProviderFactory;

/** Replaces Keycloak's theme selector, to which it delegates. */
public final class ConsoleThemeSelectorFactory implements ThemeSelectorProviderFactory {
    private static final String KEYCLOAK_DEFAULT = "default";

    // The name contains the version because browsers cache a theme's resources for 30 days by its name.
    private final String theme = "api-tokens-" + version();

    @Override
    public ThemeSelectorProvider create(KeycloakSession session) {
        ThemeSelectorProvider delegate = session.getProvider(ThemeSelectorProvider.class, KEYCLOAK_DEFAULT);
        return new ConsoleThemeSelector(
                delegate, type -> configured(session.getContext().getRealm(), type), this::ourTheme);
    }

    /** Returns the theme with the menu of this version of Keycloak. */
    private String ourTheme(Theme.Type type) {
        return type == Theme.Type.ACCOUNT && SupportedVersions.isBefore(7) ? theme + "-before-26.7" : theme;
    }

    private static String configured(RealmModel realm, Theme.Type type) {
        return type == Theme.Type.ADMIN ? realm.getAdminTheme() : realm.getAccountTheme();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "api-tokens";
    }

    @Override
    public int order() {
        return 1;
    }

    private static String version() {
        try (InputStream file = ConsoleThemeSelectorFactory.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
