package io.qahub.keycloak.apitokens.login;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Offers the execution "API token" to the flows of the admin console. */
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
        return "Signs in by an API token (qh_…): as the password of the direct grant, or as Authorization: Bearer or the"
                + " password of Basic at the docker endpoint. The client needs the client scope api-tokens; it gets no more"
                + " than the token has, for five minutes at most, and no refresh token. As an alternative it leaves other"
                + " passwords to the steps after it. In browser flows it does nothing.";
    }

    /** Not a category whose failures Keycloak counts towards a lock-out: see the ADR on wrong tokens. */
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
                .helpText(
                        "Take the token whatever username comes with it. Otherwise the username must be the owner's, or"
                                + " none.")
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
