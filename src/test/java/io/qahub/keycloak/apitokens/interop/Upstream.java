package io.qahub.keycloak.apitokens.interop;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An API behind a gateway without support for tokens: it accepts all requests and records their headers. */
final class Upstream implements AutoCloseable {
    private static final Map<String, Integer> ANSWERS =
            Map.of("GET", 200, "HEAD", 200, "POST", 201, "PATCH", 200, "DELETE", 204);

    private final HttpServer server;
    private volatile Headers lastHeaders;

    private Upstream(HttpServer server) {
        this.server = server;
    }

    static Upstream start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Upstream upstream = new Upstream(server);
            server.createContext("/", upstream::answer);
            server.start();
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "localhost:" + server.getAddress().getPort();
    }

    /** Returns the headers of the last forwarded request; null if there was none since the last reset. */
    Headers lastHeaders() {
        return lastHeaders;
    }

    /** Returns the headers as text, as {@link Headers#toString} does since Java 18. */
    String lastHeadersAsText() {
        return lastHeaders.entrySet().toString();
    }

    void forget() {
        lastHeaders = null;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        lastHeaders = exchange.getRequestHeaders();
        exchange.getRequestBody().readAllBytes();
        byte[] body = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
        int status = ANSWERS.getOrDefault(exchange.getRequestMethod(), 405);
        boolean bodiless = status == 204 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
