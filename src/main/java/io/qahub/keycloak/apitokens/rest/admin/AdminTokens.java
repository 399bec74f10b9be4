package io.qahub.keycloak.apitokens.rest.admin;

import io.qahub.keycloak.apitokens.http.TokenRenderer;
import io.qahub.keycloak.apitokens.http.TokenRepresentation;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.CreatedToken;
import io.qahub.keycloak.apitokens.model.Owners;
import io.qahub.keycloak.apitokens.rest.admin.AdminTokenRepresentation.Access;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Creates representations of tokens, with the usernames of their owners. */
record AdminTokens(KeycloakSession session, RealmModel realm, Clock clock) {

    /** Returns representations that contain what the admin may do with each token. */
    List<AdminTokenRepresentation> render(List<ApiToken> tokens, AdminRights rights) {
        Map<String, String> usernames = session.getProvider(ApiTokens.class).usernames(realm, tokens);
        Map<String, Boolean> revocable = new HashMap<>();
        TokenRenderer renderer = renderer();
        return tokens.stream()
                .map(token -> render(
                        token,
                        renderer.render(token),
                        usernames.get(token.ownerId()),
                        new Access(revocable.computeIfAbsent(token.ownerId(), owner -> rights.canRevoke(token)))))
                .toList();
    }

    /** Returns the representation for an admin event. */
    AdminTokenRepresentation render(ApiToken token) {
        Map<String, String> usernames = session.getProvider(ApiTokens.class).usernames(realm, List.of(token));
        return render(token, renderer().render(token), usernames.get(token.ownerId()), null);
    }

    /** Returns the representation of a created token, with its token string. */
    AdminTokenRepresentation render(CreatedToken created, UserModel owner) {
        TokenRepresentation fields = renderer().render(created);
        return render(created.token(), fields, owner.getUsername(), null);
    }

    private TokenRenderer renderer() {
        return new TokenRenderer(session, realm, clock, id -> Owners.find(session, realm, id));
    }

    private AdminTokenRepresentation render(
            ApiToken token, TokenRepresentation fields, @Nullable String username, @Nullable Access access) {
        ClientModel client = token.clientId() == null ? null : realm.getClientById(token.clientId());
        return new AdminTokenRepresentation(
                fields,
                token.ownerId(),
                username,
                client == null ? null : client.getClientId(),
                client == null ? null : client.getId(),
                access);
    }
}
