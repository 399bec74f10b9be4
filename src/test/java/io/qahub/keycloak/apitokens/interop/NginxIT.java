package io.qahub.keycloak.apitokens.interop;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.qahub.keycloak.apitokens.server.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** nginx with auth_request: {@code examples/nginx}. */
@Tag("container")
@Needs(files = NginxIT.NGINX, packages = "nginx-light")
class NginxIT extends GatewayStory {
    static final String NGINX = "/usr/sbin/nginx";
    private static final Path SURROUNDINGS = Path.of("src/test/resources/interop/nginx.conf");

    @Override
    Service start() {
        Path work = Examples.workDirectory("nginx");
        int port = FreePort.find();
        Path main = work.resolve("nginx.conf");
        try {
            Files.copy(SURROUNDINGS, main, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(work.resolve("api-tokens.conf"), fillIn(gatewayEnvironment(port)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Service.start(
                port, work, Map.of(), List.of(NGINX, "-p", work.toString(), "-c", main.toString(), "-e", "error.log"));
    }

    @Override
    int statusWithoutKeycloak() {
        return 500;
    }

    @Override
    Challenges challenges() {
        return new Challenges(
                "(Bearer|Basic) realm=\"qa-hub\"",
                "(Basic realm=\"qa-hub\"|Bearer realm=\"qa-hub\", error=\"invalid_token\", .*)",
                "Bearer realm=\"qa-hub\", error=\"insufficient_scope\", .*");
    }

    /** Fills in a template as the official image does. */
    private static String fillIn(Map<String, String> environment) throws IOException {
        String text = Files.readString(Examples.directory("nginx").resolve("api-tokens.conf.template"));
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            text = text.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        assertFalse(text.contains("${"), text);
        return text;
    }
}
