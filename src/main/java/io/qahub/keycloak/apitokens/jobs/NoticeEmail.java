package io.qahub.keycloak.apitokens.jobs;

import io.qahub.keycloak.apitokens.keycloak.FrontendUrl;
import io.qahub.keycloak.apitokens.keycloak.MessageNumber;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.LeakPlace;
import io.qahub.keycloak.apitokens.model.TokenOrganizations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Bidi;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/** Sends a notice with Keycloak's email templates, in the recipient's language. */
record NoticeEmail(KeycloakSession session, RealmModel realm, UserModel recipient) {
    private static final String TEMPLATE = "api-token-notice.ftl";

    /** The maximum number of tokens that an email lists. */
    private static final int MAX_LISTED = 50;

    void send(Notice notice, Instant now) throws EmailException {
        List<ApiToken> tokens = notice.tokens();
        String kind = notice.kind().value();
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("kind", kind);
        attributes.put("count", new MessageNumber(tokens.size()));
        attributes.put(
                "tokens",
                tokens.stream()
                        .limit(MAX_LISTED)
                        .map(token -> attributes(token, notice.places().get(token.id())))
                        .toList());
        attributes.put("unnamed", new MessageNumber(Math.max(0, tokens.size() - MAX_LISTED)));
        attributes.put("link", link());
        session.getProvider(EmailTemplateProvider.class)
                .setRealm(realm)
                .setUser(recipient)
                .send(
                        "apiTokenNotice.subject." + kind,
                        List.of(tokens.size(), isolated(tokens.get(0).name()), days(tokens, now)),
                        TEMPLATE,
                        attributes);
    }

    private Map<String, Object> attributes(ApiToken token, @Nullable LeakPlace place) {
        return Map.of(
                "name", isolated(token.name()),
                "prefix", token.prefix(),
                "scopes", String.join(", ", token.scopes()),
                "organization", organization(token),
                "foundIn", place == null ? "" : place.text(),
                "expires", token.expiresAt() == null ? "" : format(token.expiresAt()));
    }

    /** Returns a name that does not change the order of the words around it if it is written from right to left. */
    private static String isolated(String name) {
        return Bidi.requiresBidi(name.toCharArray(), 0, name.length()) ? "\u2068" + name + "\u2069" : name;
    }

    private String organization(ApiToken token) {
        String id = token.organizationId();
        return id == null
                ? ""
                : TokenOrganizations.find(session, id)
                        .map(OrganizationModel::getName)
                        .orElse(id);
    }

    private String format(Instant time) {
        Locale locale = language();
        ZoneId zone = ZoneId.systemDefault();
        DateTimeFormatter date =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).localizedBy(locale);
        DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm z", locale);
        return date.format(time.atZone(zone)) + ", " + clock.format(time.atZone(zone));
    }

    /** Returns the language of the texts, which is English if they are not translated to the recipient's language. */
    private Locale language() {
        Locale locale = session.getContext().resolveLocale(recipient);
        String tag = messages(locale).getProperty("apiTokenNotice.language", locale.toLanguageTag());
        Locale language = Locale.forLanguageTag(tag);
        return locale.getLanguage().equals(language.getLanguage()) ? locale : language;
    }

    private Properties messages(Locale locale) {
        try {
            return session.theme().getTheme(Theme.Type.EMAIL).getEnhancedMessages(realm, locale);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of days, rounded up, until the last of the tokens expires; at least 1. */
    private static long days(List<ApiToken> tokens, Instant now) {
        long seconds = tokens.stream()
                .map(ApiToken::expiresAt)
                .filter(Objects::nonNull)
                .mapToLong(expiry -> Duration.between(now, expiry).toSeconds())
                .max()
                .orElse(0);
        return Math.max(1, (long) Math.ceil(seconds / 86_400.0));
    }

    /** Returns the URL of the page in the account console; empty if no hostname is configured. */
    private String link() {
        return FrontendUrl.find(session)
                .map(url -> url.path("realms/{realm}/account/content/api-tokens")
                        .build(realm.getName())
                        .toString())
                .orElse("");
    }
}
