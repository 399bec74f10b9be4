package io.qahub.keycloak.apitokens.keycloak;

import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.urls.HostnameProvider;
import org.keycloak.urls.UrlType;

/** The URL of the server for users, as the realm or the option {@code hostname} specifies it. */
public final class FrontendUrl {
    /** In place of a request, whose Host header is controlled by its sender. */
    private static final UriInfo NO_REQUEST = (UriInfo) Proxy.newProxyInstance(
            FrontendUrl.class.getClassLoader(), new Class<?>[] {UriInfo.class}, (proxy, method, arguments) -> {
                throw new NotConfiguredException();
            });

    private FrontendUrl() {}

    /**
     * Returns the URL for the realm of the session; empty if only a request would tell it. Before 26.7, Keycloak's own
     * context does not return it without a request.
     */
    public static Optional<UriBuilder> find(KeycloakSession session) {
        HostnameProvider hostname = session.getProvider(HostnameProvider.class);
        try {
            return Optional.of(UriBuilder.fromPath(hostname.getContextPath(NO_REQUEST, UrlType.FRONTEND))
                    .scheme(hostname.getScheme(NO_REQUEST, UrlType.FRONTEND))
                    .host(hostname.getHostname(NO_REQUEST, UrlType.FRONTEND))
                    .port(hostname.getPort(NO_REQUEST, UrlType.FRONTEND)));
        } catch (NotConfiguredException e) {
            return Optional.empty();
        }
    }

    private static final class NotConfiguredException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
