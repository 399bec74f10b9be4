/** The resource for forward authentication by reverse proxies (nginx, Traefik, Caddy, Envoy, Istio). */
@NullMarked
package io.qahub.keycloak.apitokens.rest.gateway;

import org.jspecify.annotations.NullMarked;
