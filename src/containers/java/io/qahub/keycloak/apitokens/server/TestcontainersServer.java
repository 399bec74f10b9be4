package io.qahub.keycloak.apitokens.server;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.BindMode;

/** Runs the image in the property {@code keycloak.image} with testcontainers-keycloak. */
public final class TestcontainersServer implements ServerContainer {
    private static final String HOME = "/opt/keycloak/";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    @SuppressWarnings("resource") // stopped with the JVM
    public Ports start(Path home, List<String> options) {
        KeycloakContainer container = new KeycloakContainer(System.getProperty("keycloak.image"))
                .withAdminUsername("admin")
                .withAdminPassword("admin")
                .withEnabledMetrics()
                .withEnv("JAVA_OPTS_KC_HEAP", "-Xms256m -Xmx1g")
                .withEnv("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1")
                .withExtraHost(HOST, "host-gateway")
                .withCustomCommand("--log=console,file")
                .withCustomCommand("--log-file=" + HOME + "log/keycloak.log")
                .withCustomCommand("--log-file-rotation-enabled=false") // tests continue to read at their last position
                .withStartupTimeout(PATIENCE);
        // The library adds this option itself.
        options.stream().filter(option -> !option.equals("--import-realm")).forEach(container::withCustomCommand);
        for (String directory : DIRECTORIES) {
            container.withFileSystemBind(home.resolve(directory).toString(), HOME + directory, BindMode.READ_WRITE);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        container.start();
        return new Ports(container.getHttpPort(), container.getHttpMgmtPort());
    }
}
