package io.qahub.example.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties.Opaquetoken;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** States the address of the caller when a token is introspected. Without it, tokens for certain networks are inactive. */
@Configuration
class Introspection {
    @Bean
    OpaqueTokenIntrospector introspector(OAuth2ResourceServerProperties properties, HttpServletRequest request) {
        Opaquetoken keycloak = properties.getOpaquetoken();
        URI uri = URI.create(keycloak.getIntrospectionUri());
        return SpringOpaqueTokenIntrospector.withIntrospectionUri(keycloak.getIntrospectionUri())
                .clientId(keycloak.getClientId())
                .clientSecret(keycloak.getClientSecret())
                .postProcessor(introspector -> introspector.setRequestEntityConverter(token -> RequestEntity.post(uri)
                        .accept(MediaType.APPLICATION_JSON)
                        .body(form(token, request))))
                .build();
    }

    private static MultiValueMap<String, String> form(String token, HttpServletRequest request) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("token", token);
        form.add("caller_address", request.getRemoteAddr());
        return form;
    }
}
