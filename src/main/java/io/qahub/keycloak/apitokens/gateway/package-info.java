/** Door: reverse proxies that ask before they pass a request on (nginx, Traefik, Caddy, Envoy, Istio). */
package io.qahub.keycloak.apitokens.gateway;
