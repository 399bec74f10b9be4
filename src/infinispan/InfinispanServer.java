import java.nio.file.Files;
import java.nio.file.Path;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.globalstate.ConfigurationStorage;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.server.core.admin.embeddedserver.EmbeddedServerAdminOperationHandler;
import org.infinispan.server.hotrod.HotRodServer;
import org.infinispan.server.hotrod.configuration.HotRodServerConfigurationBuilder;

/**
 * Runs an Infinispan server without authentication for the external caches of Keycloak, which creates its caches there.
 * Arguments: the port and a directory for its state.
 */
public final class InfinispanServer {
    private InfinispanServer() {}

    public static void main(String[] arguments) throws Exception {
        Path state = Files.createDirectories(Path.of(arguments[1]));
        GlobalConfigurationBuilder container = new GlobalConfigurationBuilder();
        container.transport().defaultTransport(); // Keycloak's caches are replicated or distributed
        container
                .globalState()
                .enable()
                .persistentLocation(state.toString())
                .configurationStorage(ConfigurationStorage.OVERLAY);
        HotRodServerConfigurationBuilder endpoint = new HotRodServerConfigurationBuilder();
        endpoint.host("localhost")
                .port(Integer.parseInt(arguments[0]))
                .adminOperationsHandler(new EmbeddedServerAdminOperationHandler());
        new HotRodServer().start(endpoint.build(), new DefaultCacheManager(container.build()));
    }
}
