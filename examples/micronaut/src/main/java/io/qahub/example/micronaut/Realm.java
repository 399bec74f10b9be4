package io.qahub.example.micronaut;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.async.annotation.SingleResult;
import io.micronaut.http.BasicAuth;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;
import org.reactivestreams.Publisher;

/** The realm's introspection endpoint (RFC 7662). */
@Client("${keycloak.realm-url}")
interface Realm {
    @Post(value = "/protocol/openid-connect/token/introspect", produces = MediaType.APPLICATION_FORM_URLENCODED)
    @SingleResult
    Publisher<Introspection> introspect(BasicAuth client, @Body Map<String, String> form);

    /** Fields of the response; except for {@code active}, they are null if the token is inactive. */
    @Serdeable.Deserializable
    record Introspection(
            boolean active, @Nullable String sub, @Nullable String scope) {}
}
