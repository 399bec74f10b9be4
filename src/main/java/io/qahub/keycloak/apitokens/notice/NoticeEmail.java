package io.qahub.keycloak.apitokens.notice;

import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.Scope;
import jakarta.enterprise.context.ContextNotActiveException;
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
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Writes a notice as Keycloak writes its own mail: templates and texts of the theme, language of the reader. */
record NoticeEmail(KeycloakSession session, RealmModel realm, UserModel reader) {
    private static final String TEMPLATE = "api-token-notice.ftl";

    /** A longer list helps nobody. */
    private static final int MOST_NAMED = 50;

    void send(Notice notice, Instant now) throws EmailException {
        List<ApiToken> tokens = notice.tokens();
        String kind = notice.kind().value();
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("kind", kind);
        attributes.put("count", tokens.size());
        attributes.put(
                "tokens",
                tokens.stream().limit(MOST_NAMED).map(this::attributes).toList());
        attributes.put("unnamed", Math.max(0, tokens.size() - MOST_NAMED));
        attributes.put("link", link());
        session.getProvider(EmailTemplateProvider.class)
                .setRealm(realm)
                .setUser(reader)
                .send(
                        "apiTokenNotice.subject." + kind,
                        List.of(tokens.size(), tokens.get(0).name(), days(tokens, now)),
                        TEMPLATE,
                        attributes);
    }

    private Map<String, Object> attributes(ApiToken token) {
        return Map.of(
                "name", token.name(),
                "prefix", token.prefix(),
                "scopes", Scope.join(token.scopes()).replace(" ", ", "),
                "expires", token.expiresAt() == null ? "" : exact(token.expiresAt()));
    }

    private String exact(Instant time) {
        Locale locale = session.getContext().resolveLocale(reader);
        ZoneId zone = ZoneId.systemDefault();
        DateTimeFormatter date =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).localizedBy(locale);
        DateTimeFormatter clock = DateTimeFormatter.ofPattern("HH:mm z", locale);
        return date.format(time.atZone(zone)) + ", " + clock.format(time.atZone(zone));
    }

    /** In how many days, rounded up, the last of them expires. */
    private static long days(List<ApiToken> tokens, Instant now) {
        long seconds = tokens.stream()
                .map(ApiToken::expiresAt)
                .filter(Objects::nonNull)
                .mapToLong(expiry -> Duration.between(now, expiry).toSeconds())
                .max()
                .orElse(0);
        return Math.max(1, (long) Math.ceil(seconds / 86_400.0));
    }

    /**
     * The page in the account console; empty where the operator has set no hostname. Then only a request's Host header
     * could tell, which whoever sends the request can choose.
     */
    private String link() {
        try {
            return session.getContext()
                    .getUri()
                    .getBaseUriBuilder()
                    .path("realms/{realm}/account/content/api-tokens")
                    .build(realm.getName())
                    .toString();
        } catch (ContextNotActiveException e) {
            return "";
        }
    }
}
