package io.qahub.keycloak.apitokens.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Requests that arrive at a fixed rate, whether or not earlier ones have been answered. Latencies count from the time
 * at which a request was to be sent, so that a late start counts as waiting.
 */
final class OpenLoad {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int perSecond;

    /** Creates a load with this number of requests per second. */
    OpenLoad(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Introspections, each at the next of these servers in turn. */
    static List<HttpRequest> introspections(List<Server> servers, String path, List<String> tokens) {
        return IntStream.range(0, tokens.size())
                .mapToObj(i -> form(servers.get(i % servers.size()).realm(path), "token=" + tokens.get(i))
                        .header("Authorization", Load.basic("qa-hub-api", "qa-hub-api-secret"))
                        .build())
                .toList();
    }

    /** Logins of Alice by password. */
    static List<HttpRequest> logins(Server server, int number) {
        HttpRequest login = form(
                        server.realm("/protocol/openid-connect/token"),
                        "grant_type=password&client_id=qa-hub-cli&username=alice&password=alice")
                .build();
        return Stream.generate(() -> login).limit(number).toList();
    }

    private static HttpRequest.Builder form(String url, String form) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .header("Content-Type", Load.FORM)
                .POST(HttpRequest.BodyPublishers.ofString(form, StandardCharsets.US_ASCII));
    }

    /** Starts to send these requests; the future completes when all of them have been answered. */
    CompletableFuture<Result> start(List<HttpRequest> requests, Predicate<String> isAccepted) {
        return CompletableFuture.supplyAsync(
                () -> new Result(send(requests, isAccepted)), command -> new Thread(command).start());
    }

    private List<Answer> send(List<HttpRequest> requests, Predicate<String> isAccepted) {
        long begun = System.nanoTime();
        return IntStream.range(0, requests.size())
                .mapToObj(i -> {
                    long intended = begun + TimeUnit.SECONDS.toNanos(i) / perSecond;
                    sleepUntil(intended);
                    return client.sendAsync(requests.get(i), HttpResponse.BodyHandlers.ofString())
                            .handle((response, failure) ->
                                    new Answer((System.nanoTime() - intended) / 1e6, kind(response, isAccepted)));
                })
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static Kind kind(HttpResponse<String> response, Predicate<String> isAccepted) {
        if (response == null) {
            return Kind.FAILED;
        }
        if (response.statusCode() == 503
                && response.headers().firstValue("Retry-After").isPresent()) {
            return Kind.BUSY;
        }
        return response.statusCode() == 200 && isAccepted.test(response.body()) ? Kind.ACCEPTED : Kind.FAILED;
    }

    private static void sleepUntil(long nanoTime) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The kind of a response; {@code BUSY} is 503 with {@code Retry-After}. */
    enum Kind {
        ACCEPTED,
        BUSY,
        FAILED
    }

    private record Answer(double milliseconds, Kind kind) {}

    /** The responses to a load. */
    record Result(List<Answer> answers) {
        long count(Kind kind) {
            return answers.stream().filter(answer -> answer.kind == kind).count();
        }

        /** Returns a percentile of the latencies of all responses of a kind; not a number if there are none. */
        double percentile(Kind kind, double percent) {
            double[] sorted = answers.stream()
                    .filter(answer -> answer.kind == kind)
                    .mapToDouble(Answer::milliseconds)
                    .toArray();
            Arrays.sort(sorted);
            return sorted.length == 0
                    ? Double.NaN
                    : sorted[Math.min(sorted.length - 1, (int) (sorted.length * percent / 100))];
        }
    }
}
