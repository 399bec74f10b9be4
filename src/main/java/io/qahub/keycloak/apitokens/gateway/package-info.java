/** The gateway endpoint: forward authentication for reverse proxies (nginx, Traefik, Caddy, Envoy, Istio). */
@NullMarked
package io.qahub.keycloak.apitokens.gateway;

import org.jspecify.annotations.NullMarked;
