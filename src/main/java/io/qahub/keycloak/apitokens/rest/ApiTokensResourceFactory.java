package io.qahub.keycloak.apitokens.rest;

import io.qahub.keycloak.apitokens.http.AttemptLimit;
import io.qahub.keycloak.apitokens.keycloak.GithubKeysSetting;
import io.qahub.keycloak.apitokens.rest.github.GithubKeys;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Registers the resources at {@code /realms/{realm}/api-tokens}. */
public final class ApiTokensResourceFactory implements RealmResourceProviderFactory {
    private AttemptLimit attempts;
    private GithubKeys githubKeys = GithubKeys.none();

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new ApiTokensResourceProvider(session, attempts, githubKeys);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        attempts = new AttemptLimit("qh-api-token-attempts");
        githubKeys = GithubKeysSetting.GITHUB_KEYS_FILE.read(GithubKeys::parse).orElse(githubKeys);
    }

    @Override
    public void close() {}

    @Override
    public String getId() {
        return "api-tokens";
    }

    private record ApiTokensResourceProvider(KeycloakSession session, AttemptLimit attempts, GithubKeys githubKeys)
            implements RealmResourceProvider {
        @Override
        public Object getResource() {
            EntryChecks.require(session);
            return new ApiTokensResource(session, attempts, githubKeys);
        }

        @Override
        public void close() {}
    }
}
