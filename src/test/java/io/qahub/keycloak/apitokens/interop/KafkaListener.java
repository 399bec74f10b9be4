package io.qahub.keycloak.apitokens.interop;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import javax.security.auth.login.LoginException;
import javax.security.sasl.SaslException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensions;
import org.apache.kafka.common.security.authenticator.DefaultLogin;
import org.apache.kafka.common.security.authenticator.LoginManager;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerClientInitialResponse;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerSaslServer;
import org.apache.kafka.common.utils.Utils;

/** What a Kafka broker uses to authenticate the clients of the listener {@code CLIENT}: Kafka's SASL server and a callback handler. */
final class KafkaListener {
    private static final String MECHANISM = "OAUTHBEARER";

    private final AuthenticateCallbackHandler handler;

    private KafkaListener(AuthenticateCallbackHandler handler) {
        this.handler = handler;
    }

    /** Configures the listener as a broker does when it starts, with the text of its {@code server.properties}. */
    static KafkaListener configure(String text) throws IOException, ReflectiveOperationException, LoginException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        ListenerName listener = new ListenerName("CLIENT");
        String prefix = listener.saslMechanismConfigPrefix(MECHANISM);
        Map<String, Object> configs = Map.of(
                ListenerName.saslMechanismPrefix(MECHANISM) + "sasl.jaas.config",
                new Password(properties.getProperty(prefix + "sasl.jaas.config")));
        JaasContext context = JaasContext.loadServerContext(listener, MECHANISM, configs);
        LoginManager.acquireLoginManager(context, MECHANISM, DefaultLogin.class, configs)
                .release();
        AuthenticateCallbackHandler handler = Utils.newInstance(
                properties.getProperty(prefix + "sasl.server.callback.handler.class"),
                AuthenticateCallbackHandler.class);
        handler.configure(configs, MECHANISM, context.configurationEntries());
        return new KafkaListener(handler);
    }

    /**
     * An authenticated connection.
     *
     * @param user the name of the principal
     * @param expiry when the token expires according to the handler, in seconds since the epoch
     */
    record Session(String user, long expiry) {}

    /** Authenticates a client that sends this token. */
    Session authenticate(String token) throws SaslException {
        OAuthBearerSaslServer server = new OAuthBearerSaslServer(handler);
        byte[] error =
                server.evaluateResponse(new OAuthBearerClientInitialResponse(token, SaslExtensions.empty()).toBytes());
        if (error.length > 0) {
            throw new SaslException(new String(error, StandardCharsets.UTF_8));
        }
        long expiry = (Long) server.getNegotiatedProperty("CREDENTIAL.LIFETIME.MS") / 1000;
        return new Session(server.getAuthorizationID(), expiry);
    }
}
