package io.qahub.keycloak.apitokens.keycloak;

import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/** What Keycloak knows of the caller after it has authenticated an access token. */
public record Authentication(UserModel user, UserSessionModel session, AccessToken token, ClientModel client) {
    /** Converts Keycloak's result. */
    public static Authentication of(AuthResult result) {
        try {
            return new Authentication(result.user(), result.session(), result.token(), result.client());
        } catch (NoSuchMethodError e) {
            return beforeKeycloak265(result);
        }
    }

    @SuppressWarnings("removal") // the only methods before 26.5, in which the result became a record
    private static Authentication beforeKeycloak265(AuthResult result) {
        return new Authentication(result.getUser(), result.getSession(), result.getToken(), result.getClient());
    }
}
