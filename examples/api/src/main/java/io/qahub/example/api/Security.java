package io.qahub.example.api;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** Defines the scope that each request needs. Every token is introspected at Keycloak, without a cache. */
@Configuration
class Security {
    private static final String CASES = "/api/v1/cases/**";

    @Bean
    SecurityFilterChain filterChain(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/health")
                        .permitAll()
                        .requestMatchers(GET, CASES)
                        .hasAuthority("SCOPE_read")
                        .requestMatchers(HEAD, CASES)
                        .hasAuthority("SCOPE_read")
                        .requestMatchers(POST, CASES)
                        .hasAuthority("SCOPE_write")
                        .requestMatchers(PATCH, CASES)
                        .hasAuthority("SCOPE_write")
                        .requestMatchers(DELETE, CASES)
                        .hasAuthority("SCOPE_write")
                        .anyRequest()
                        .denyAll())
                .csrf(CsrfConfigurer::disable) // CSRF does not apply: the API uses no cookies
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2ResourceServer(server -> server.opaqueToken(withDefaults()))
                .build();
    }
}
