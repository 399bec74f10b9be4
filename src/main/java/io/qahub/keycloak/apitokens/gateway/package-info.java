/** Endpoint: reverse proxies that ask before they pass a request on (nginx, Traefik, Caddy, Envoy, Istio). */
@NullMarked
package io.qahub.keycloak.apitokens.gateway;

import org.jspecify.annotations.NullMarked;
