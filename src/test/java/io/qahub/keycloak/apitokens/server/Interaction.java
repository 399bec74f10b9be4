package io.qahub.keycloak.apitokens.server;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.Response;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call and its response.
 *
 * @param body the body of the request; null if there is none
 */
record Interaction(String body, HttpResponse<String> response) {
    private static final Pattern OURS = Pattern.compile("/(admin/)?realms/[^/]+/api-tokens(/.*)?");
    private static final Pattern BELOW_AUTHORIZE = Pattern.compile("(/realms/[^/]+/api-tokens/authorize)/.*");
    private static final Pattern KEYCLOAKS =
            Pattern.compile("/realms/[^/]+/protocol/openid-connect/(revoke|token(/introspect)?)");
    private static final Pattern API_TOKEN =
            Pattern.compile("(^|&)((token|subject_token|password)=qh_|subject_token_type=urn%3Aqahub)");

    /** Keycloak's introspection responds to this value of {@code Accept} with a JSON object that contains a JWT. */
    private static final List<String> JWT_IN_JSON = List.of("application/jwt");

    private static final String UNUSUAL_FIELD = "=(null|(%[0-9A-F]{2}|\\+)*|[0-9.]+)(?=&|$)";

    /** In calls of a gateway, these are the end user's. */
    private static final Set<String> PASSED_ON = Set.of("accept", "content-type");

    /** Keycloak's own endpoints are checked if the request contains an API token. */
    boolean isOurs() {
        return OURS.matcher(path()).matches()
                || (KEYCLOAKS.matcher(path()).matches()
                        && body != null
                        && API_TOKEN.matcher(body).find());
    }

    String method() {
        return response.request().method();
    }

    /** Every path below {@code authorize} is treated as {@code authorize}. */
    String path() {
        return BELOW_AUTHORIZE.matcher(uri().getRawPath()).replaceFirst("$1");
    }

    int status() {
        return response.statusCode();
    }

    boolean isHead() {
        return method().equals("HEAD");
    }

    /** Returns the violations of the response, and of the call unless it was rejected. */
    List<String> validate(OpenApiInteractionValidator validator) {
        Request.Method method = Request.Method.valueOf(method());
        Stream<ValidationReport> reports = Stream.of(validator.validateResponse(path(), method, answer()));
        if (status() < 400) {
            reports = Stream.concat(reports, Stream.of(validator.validateRequest(call())));
        }
        return reports.flatMap(report -> report.getMessages().stream())
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .map(Object::toString)
                .toList();
    }

    private Request call() {
        SimpleRequest.Builder call = new SimpleRequest.Builder(method(), path());
        response.request().headers().map().entrySet().stream()
                .filter(header ->
                        !(isPassedOn() && PASSED_ON.contains(header.getKey().toLowerCase(Locale.ROOT))))
                .filter(header -> !header.getValue().equals(JWT_IN_JSON))
                .forEach(header -> call.withHeader(
                        header.getKey(),
                        header.getValue().stream().map(Interaction::withScheme).toList()));
        if (uri().getRawQuery() != null) {
            for (String parameter : uri().getRawQuery().split("&", -1)) {
                String[] pair = parameter.split("=", 2);
                call.withQueryParam(
                        pair[0], pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
        }
        // The validator treats a form field that is blank or contains "null" as null, and digits as a number.
        return body == null || body.isEmpty()
                ? call.build()
                : call.withBody(body.replaceAll(UNUSUAL_FIELD, "=x")).build();
    }

    /** The validator treats the scheme of {@code Authorization} as case-sensitive, unlike RFC 9110, section 11.1. */
    private static String withScheme(String value) {
        return value.replaceFirst("(?i)^bearer ", "Bearer ").replaceFirst("(?i)^basic ", "Basic ");
    }

    private boolean isPassedOn() {
        return path().endsWith("/api-tokens/authorize");
    }

    private Response answer() {
        SimpleResponse.Builder answer = new SimpleResponse.Builder(status());
        response.headers().map().forEach(answer::withHeader);
        return response.body().isEmpty()
                ? answer.build()
                : answer.withBody(response.body()).build();
    }

    private URI uri() {
        return response.request().uri();
    }

    @Override
    public String toString() {
        return method() + " " + uri() + " " + body + "\n" + status() + " " + response.body() + "\n";
    }
}
