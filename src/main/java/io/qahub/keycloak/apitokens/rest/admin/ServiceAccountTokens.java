package io.qahub.keycloak.apitokens.rest.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.qahub.keycloak.apitokens.http.IdempotencyKey;
import io.qahub.keycloak.apitokens.http.ImpersonatorCheck;
import io.qahub.keycloak.apitokens.http.JsonBody;
import io.qahub.keycloak.apitokens.http.OAuthError;
import io.qahub.keycloak.apitokens.http.RealmPolicy;
import io.qahub.keycloak.apitokens.http.TokenRequestBody;
import io.qahub.keycloak.apitokens.model.ApiTokens;
import io.qahub.keycloak.apitokens.model.CreatedBy;
import io.qahub.keycloak.apitokens.model.CreatedToken;
import io.qahub.keycloak.apitokens.model.TokenRequest;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Creates tokens for service accounts. An admin cannot create a token for a person. */
record ServiceAccountTokens(
        KeycloakSession session, RealmModel realm, AdminRights rights, AdminEventBuilder event, AdminTokens renderer) {

    /** Responds with 201 and the token string, in this response only. */
    Response create(InputStream body) {
        Set<String> fields = new TreeSet<>(TokenRequestBody.FIELDS);
        fields.add("client");
        JsonNode json = JsonBody.read(body, fields);
        UserModel owner = owner(json.path("client").textValue());
        ImpersonatorCheck.requireNone(session, realm, owner);
        TokenRequest request = TokenRequestBody.read(
                session,
                json,
                RealmPolicy.require(realm),
                owner,
                renderer.clock().instant());
        CreatedToken created = IdempotencyKey.createOnce(
                        session,
                        () -> OAuthError.unavailableIfBusy(() ->
                                session.getProvider(ApiTokens.class).create(realm, owner, request, CreatedBy.ADMIN)))
                .orElseThrow(() -> OAuthError.invalidRequest("The client has just been deleted."));
        String id = created.token().id();
        event.operation(OperationType.CREATE)
                .resourcePath("api-tokens", id)
                .detail("prefix", created.token().prefix())
                .representation(renderer.render(created.token()))
                .success();
        // No Location header: kcadm.sh would print the resource at this location instead of this response.
        return AdminTokensResource.uncached(Response.status(Response.Status.CREATED), renderer.render(created, owner));
    }

    /** Returns the service account of the client with this client id; responds with 400 if there is none. */
    UserModel owner(@Nullable String clientId) {
        ClientModel client = clientId == null ? null : realm.getClientByClientId(clientId);
        rights.requireManage(client);
        if (client == null) {
            throw OAuthError.invalidRequest("client must be the client ID of a client of this realm.");
        }
        UserModel owner = client.isServiceAccountsEnabled() ? session.users().getServiceAccount(client) : null;
        if (owner == null) {
            throw OAuthError.invalidRequest("Enable the client's service account first.");
        }
        return owner;
    }
}
