package io.qahub.keycloak.apitokens.oidc.signin;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Registers the execution "API token" for authentication flows. */
public final class ApiTokenAuthenticatorFactory implements AuthenticatorFactory {
    static final String ANY_USERNAME = "anyUsername";

    private static final Requirement[] REQUIREMENTS = {
        Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED
    };
    private final Authenticator authenticator = new ApiTokenAuthenticator();

    @Override
    public Authenticator create(KeycloakSession session) {
        return authenticator;
    }

    @Override
    public String getDisplayType() {
        return "API token";
    }

    @Override
    public String getHelpText() {
        return "Signs in with an API token (qh_…): as the password of the direct grant, or as Authorization: Bearer or"
                + " the password of Basic at the docker endpoint. For the direct grant, the client must have the client"
                + " scope api-tokens; it receives an access token with at most the scopes of the API token, valid for"
                + " five minutes or less, and no refresh token. If the requirement is Alternative, later executions"
                + " handle other passwords."
                + " In browser flows, no token is accepted.";
    }

    /** Returns a category whose failures do not count towards Keycloak's brute force detection. */
    @Override
    public String getReferenceCategory() {
        return "api-token";
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(ANY_USERNAME)
                .label("Any username")
                .helpText("Accept the token with any username. Otherwise, the username must be that of the owner, or"
                        + " empty.")
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .add()
                .build();
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return REQUIREMENTS.clone();
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "api-token-authenticator";
    }
}
