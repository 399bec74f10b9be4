package io.qahub.keycloak.apitokens.admin;

import io.qahub.keycloak.apitokens.admin.AdminTokenRepresentation.Access;
import io.qahub.keycloak.apitokens.model.ApiToken;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.CreatedToken;
import io.qahub.keycloak.apitokens.representation.TokenRepresentation;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Renders tokens with their owners' names. */
record AdminTokens(KeycloakSession session, RealmModel realm, Clock clock) {

    List<AdminTokenRepresentation> render(List<ApiToken> tokens) {
        Map<String, String> usernames = session.getProvider(ApiTokens.class).usernames(realm, tokens);
        return tokens.stream()
                .map(token -> render(token, TokenRepresentation.of(token, clock.instant()), usernames))
                .toList();
    }

    /** As {@link #render(List)}, with what the admin may do with each. */
    List<AdminTokenRepresentation> render(List<ApiToken> tokens, AdminRights rights) {
        List<AdminTokenRepresentation> rendered = render(tokens);
        Map<String, Boolean> byOwner = new HashMap<>();
        return IntStream.range(0, rendered.size())
                .mapToObj(i -> rendered.get(i)
                        .with(new Access(byOwner.computeIfAbsent(
                                tokens.get(i).ownerId(), owner -> rights.canRevoke(tokens.get(i))))))
                .toList();
    }

    AdminTokenRepresentation render(ApiToken token) {
        return render(List.of(token)).get(0);
    }

    AdminTokenRepresentation render(CreatedToken created, UserModel owner) {
        ApiToken token = created.token();
        return render(
                token, TokenRepresentation.of(created, clock.instant()), Map.of(owner.getId(), owner.getUsername()));
    }

    private AdminTokenRepresentation render(ApiToken token, TokenRepresentation fields, Map<String, String> usernames) {
        ClientModel client = token.clientId() == null ? null : realm.getClientById(token.clientId());
        return new AdminTokenRepresentation(
                fields,
                token.ownerId(),
                usernames.get(token.ownerId()),
                client == null ? null : client.getClientId(),
                client == null ? null : client.getId(),
                null);
    }
}
