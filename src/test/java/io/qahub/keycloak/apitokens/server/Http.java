package io.qahub.keycloak.apitokens.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** An HTTP call to the server. Its response is checked against the {@link Contract}. */
public final class Http {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String method;
    private final HttpRequest.Builder request;
    private String body;

    private Http(String method, String url) {
        this.method = method;
        this.request = HttpRequest.newBuilder(URI.create(url));
    }

    public static Http call(String method, String path) {
        return call(Keycloak.get(), method, path);
    }

    public static Http call(Keycloak server, String method, String path) {
        return new Http(method, server.url() + path);
    }

    /** Creates a call to any server. */
    public static Http at(String method, String url) {
        return new Http(method, url);
    }

    public Http bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    public Http basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    public Http header(String name, String value) {
        request.header(name, value);
        return this;
    }

    public Http json(String text) {
        return body("application/json", text);
    }

    public Http body(String contentType, String text) {
        body = text;
        return header("Content-Type", contentType);
    }

    public Http form(Map<String, String> fields) {
        return form(fields.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")));
    }

    public Http form(String encoded) {
        return body("application/x-www-form-urlencoded", encoded);
    }

    public Answer send() {
        try {
            HttpRequest.BodyPublisher publisher =
                    body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
            HttpResponse<String> response =
                    CLIENT.send(request.method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
            Contract.check(new Interaction(body, response));
            return new Answer(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A response. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(text());
            } catch (IOException e) {
                throw new UncheckedIOException("not JSON: " + status() + " " + text(), e);
            }
        }
    }
}
