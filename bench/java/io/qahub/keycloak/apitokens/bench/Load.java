package io.qahub.keycloak.apitokens.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Requests for wrk to send over 8 connections.
 *
 * @param name the name in the table
 * @param url the URL to post to
 * @param bodies a file with one request body per line, sent in turn
 * @param authorization the value of the {@code Authorization} header
 * @param contentType of the bodies
 */
record Load(String name, String url, Path bodies, String authorization, String contentType) {
    static final String FORM = "application/x-www-form-urlencoded";
    static final String JSON = "application/json";

    private static final int CONNECTIONS = 8;
    private static final Pattern RESULT = Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

    /** Introspection of these tokens by the resource server {@code qa-hub-api}. */
    static Load introspecting(String name, String url, List<String> tokens) {
        return introspecting(name, url, tokens, "");
    }

    /** The same with more form fields. */
    static Load introspecting(String name, String url, List<String> tokens, String more) {
        return of(
                name,
                url,
                tokens.stream().map(token -> "token=" + token + more).toList(),
                basic("qa-hub-api", "qa-hub-api-secret"),
                FORM);
    }

    static Load of(String name, String url, List<String> bodies, String authorization, String contentType) {
        try {
            Path file = Files.createTempFile(Path.of("target/bench"), "bodies", ".txt");
            Files.write(file, bodies);
            return new Load(name, url, file, authorization, contentType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same under another name. */
    Load named(String other) {
        return new Load(other, url, bodies, authorization, contentType);
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Runs this load for a number of seconds. */
    Result run(int seconds) {
        return start(seconds).await();
    }

    /** Starts this load for a number of seconds, to run in parallel with others. */
    Running start(int seconds) {
        return start(seconds, CONNECTIONS);
    }

    Running start(int seconds, int connections) {
        try {
            return new Running(new ProcessBuilder(
                            "wrk",
                            "-t1",
                            "-c" + connections,
                            "-d" + seconds + "s",
                            "--timeout=30s",
                            "-s",
                            "bench/wrk/post.lua",
                            url,
                            "--",
                            bodies.toString(),
                            authorization,
                            contentType)
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run in progress. */
    record Running(Process wrk) {
        Result await() {
            try {
                String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                MatchResult found = RESULT.matcher(output)
                        .results()
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(output));
                long[] n = new long[8];
                for (int i = 1; i < n.length; i++) {
                    n[i] = Long.parseLong(found.group(i));
                }
                return new Result(
                        n[1] * 1e6 / n[2], n[6] / 1e3, n[7] / 1e3, (double) n[3] / Math.max(1, n[1]), n[4], n[5]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * The results of wrk.
     *
     * @param throughput requests per second
     * @param p50 median latency in milliseconds
     * @param p99 99th percentile in milliseconds
     * @param size mean size of a response in bytes, including headers: active responses are larger than inactive ones
     * @param rejected responses that are neither 2xx nor 3xx
     * @param broken failed connections and timeouts
     */
    record Result(double throughput, double p50, double p99, double size, long rejected, long broken) {}
}
