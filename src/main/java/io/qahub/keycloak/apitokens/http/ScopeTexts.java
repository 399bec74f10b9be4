package io.qahub.keycloak.apitokens.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/** What Keycloak's consent screen says about client scopes, in the language of a user. */
public final class ScopeTexts {
    private final Properties messages;
    private final Locale locale;

    /** Reads the messages of the realm's login theme; {@code user} is null if only the request determines the language. */
    public ScopeTexts(KeycloakSession session, @Nullable UserModel user) {
        locale = session.getContext().resolveLocale(user);
        try {
            messages = session.theme()
                    .getTheme(Theme.Type.LOGIN)
                    .getEnhancedMessages(session.getContext().getRealm(), locale);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the consent text of the client scope, otherwise its description; null if it has neither. */
    public @Nullable String of(ClientScopeModel scope) {
        String consentText = scope.getAttribute(ClientScopeModel.CONSENT_SCREEN_TEXT);
        String text = consentText == null || consentText.isBlank() ? scope.getDescription() : consentText;
        return text == null || text.isBlank() ? null : localized(text.strip());
    }

    /** Replaces the key of a message, as in {@code ${profileScopeConsentText}}. */
    private String localized(String text) {
        if (!text.startsWith("${") || !text.endsWith("}")) {
            return text;
        }
        String key = text.substring(2, text.length() - 1);
        try {
            return new MessageFormat(messages.getProperty(key, key), locale).format(new Object[0]);
        } catch (IllegalArgumentException e) {
            return key; // the message is not a valid pattern
        }
    }
}
