package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Java library Nimbus OAuth 2.0 SDK, which finds the endpoints by the realm's metadata. */
@Tag("interop")
class NimbusIT {
    private static final ClientSecretBasic API =
            new ClientSecretBasic(new ClientID("qa-hub-api"), new Secret("qa-hub-api-secret"));

    private static Realm realm;
    private static OIDCProviderMetadata metadata;

    private final BearerAccessToken token = new BearerAccessToken(
            realm.newToken(realm.signIn("alice"), "nimbus").path("token").asText());

    @BeforeAll
    static void makeRealm() throws Exception {
        realm = Realm.fresh("nimbus");
        metadata = OIDCProviderMetadata.resolve(new Issuer(realm.server().url() + realm.path("")));
    }

    @AfterAll
    static void deleteRealm() {
        realm.delete();
    }

    @Test
    void aConfidentialClientRevokesAToken() throws Exception {
        assertTrue(realm.isActive(token.getValue()));
        HTTPResponse response = new TokenRevocationRequest(metadata.getRevocationEndpointURI(), API, token)
                .toHTTPRequest()
                .send();
        assertTrue(response.indicatesSuccess(), response.getBody());
        assertFalse(realm.isActive(token.getValue()));
    }

    @Test
    void aPublicClientRevokesAToken() throws Exception {
        ClientID client = new ClientID("qa-hub-cli");
        HTTPResponse response = new TokenRevocationRequest(metadata.getRevocationEndpointURI(), client, token)
                .toHTTPRequest()
                .send();
        assertTrue(response.indicatesSuccess(), response.getBody());
        assertFalse(realm.isActive(token.getValue()));
    }

    @Test
    void aResourceServerRequiresAJwtAndVerifiesIt() throws Exception {
        allowJwt();
        HTTPRequest request =
                new TokenIntrospectionRequest(metadata.getIntrospectionEndpointURI(), API, token).toHTTPRequest();
        request.setAccept("application/jwt");
        TokenIntrospectionSuccessResponse response =
                TokenIntrospectionResponse.parse(request.send()).toSuccessResponse();
        assertTrue(response.isActive());
        JWTClaimsSet claims = verify(response.getStringParameter("jwt"));
        assertEquals(response.getSubject().getValue(), claims.getSubject());
        assertEquals("read write", claims.getStringClaim("scope"));
        assertEquals(response.getScope().toString(), claims.getStringClaim("scope"));
    }

    private static JWTClaimsSet verify(String jwt) throws Exception {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.RS256,
                JWKSourceBuilder.create(metadata.getJWKSetURI().toURL()).build()));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                "qa-hub-api",
                new JWTClaimsSet.Builder()
                        .issuer(metadata.getIssuer().getValue())
                        .build(),
                Set.of("sub", "exp", "scope")));
        return processor.process(jwt, null);
    }

    private static void allowJwt() {
        String id = realm.admin("GET", "/clients?clientId=qa-hub-api", null)
                .json()
                .path(0)
                .path("id")
                .asText();
        String json = "{\"attributes\":{\"client.introspection.response.allow.jwt.claim.enabled\":\"true\"}}";
        assertEquals(204, realm.admin("PUT", "/clients/" + id, json).status());
    }
}
