package io.qahub.keycloak.apitokens.interop;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.apache.kafka.common.utils.Utils;

/** What a Kafka client uses to obtain the token that it sends to the broker. */
final class KafkaClient {
    private KafkaClient() {}

    /** Returns the token that a client sends, with the text of its properties file. */
    static String token(String text) throws IOException, ReflectiveOperationException, UnsupportedCallbackException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, Object> configs =
                Map.of("sasl.jaas.config", new Password(properties.getProperty("sasl.jaas.config")));
        AuthenticateCallbackHandler handler = Utils.newInstance(
                properties.getProperty("sasl.login.callback.handler.class"), AuthenticateCallbackHandler.class);
        handler.configure(
                configs,
                properties.getProperty("sasl.mechanism"),
                JaasContext.loadClientContext(configs).configurationEntries());
        OAuthBearerTokenCallback callback = new OAuthBearerTokenCallback();
        handler.handle(new Callback[] {callback});
        return callback.token().value();
    }
}
