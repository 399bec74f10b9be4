package io.qahub.keycloak.apitokens.interop;

import static io.qahub.keycloak.apitokens.server.Realm.QA_HUB;

/** Apache with mod_auth_openidc. */
@Needs(
        files = {"/usr/bin/openssl", ApacheStory.APACHE, ApacheStory.MODULES + "/mod_auth_openidc.so"},
        packages = "openssl apache2 libapache2-mod-auth-openidc")
class ModAuthOpenidcIT extends ApacheStory {
    ModAuthOpenidcIT() {
        super("auth_openidc", "OIDC_CLAIM_");
    }

    @Override
    String realmUrl(int tlsPort) {
        return "https://localhost:" + tlsPort + QA_HUB.path("");
    }

    @Override
    int statusWithoutKeycloak() {
        return 401;
    }

    @Override
    Challenges challenges() {
        return new Challenges(
                "Bearer error=\"invalid_request\", error_description=\"No bearer token found in the request\"",
                "Bearer error=\"invalid_token\", error_description=\"Reference token could not be introspected\"",
                null);
    }
}
