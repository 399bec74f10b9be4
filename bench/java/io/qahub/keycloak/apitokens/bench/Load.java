package io.qahub.keycloak.apitokens.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Requests for wrk to send over 8 connections.
 *
 * @param name the name in the table
 * @param server the server that answers
 * @param path the path to post to, below the URL of the demo realm
 * @param bodies a file with one request body per line, sent in turn
 * @param authorization the value of the {@code Authorization} header
 * @param contentType of the bodies
 */
record Load(String name, Server server, String path, Path bodies, String authorization, String contentType) {
    static final String FORM = "application/x-www-form-urlencoded";
    static final String JSON = "application/json";

    private static final int CONNECTIONS = 8;
    private static final Pattern RESULT = Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

    /** Introspection of these tokens by the resource server {@code qa-hub-api}. */
    static Load introspecting(String name, Server server, String path, List<String> tokens) {
        return introspecting(name, server, path, tokens, "");
    }

    /** The same with more form fields. */
    static Load introspecting(String name, Server server, String path, List<String> tokens, String more) {
        return of(
                name,
                server,
                path,
                tokens.stream().map(token -> "token=" + token + more).toList(),
                basic("qa-hub-api", "qa-hub-api-secret"),
                FORM);
    }

    static Load of(
            String name, Server server, String path, List<String> bodies, String authorization, String contentType) {
        try {
            Path file = Files.createTempFile(Path.of("target/bench"), "bodies", ".txt");
            Files.write(file, bodies);
            return new Load(name, server, path, file, authorization, contentType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same under another name. */
    Load named(String other) {
        return new Load(other, server, path, bodies, authorization, contentType);
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
            Process wrk = new ProcessBuilder(
                            "wrk",
                            "-t1",
                            "-c" + connections,
                            "-d" + seconds + "s",
                            "--timeout=30s",
                            "-s",
                            "bench/wrk/post.lua",
                            server.realm(path),
                            "--",
                            bodies.toString(),
                            authorization,
                            contentType)
                    .redirectErrorStream(true)
                    .start();
            return new Running(wrk, server, server.cpuTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run in progress. */
    record Running(Process wrk, Server server, Duration cpuTimeBefore) {
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
                long requests = Math.max(1, n[1]);
                long nanos = server.cpuTime().minus(cpuTimeBefore).toNanos();
                return new Result(
                        n[1] * 1e6 / n[2],
                        n[6] / 1e3,
                        n[7] / 1e3,
                        nanos / 1e3 / requests,
                        (double) n[3] / requests,
                        n[4],
                        n[5]);
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
     * @param cpu CPU time of the server per request in microseconds, other requests at the same time included
     * @param size mean size of a response in bytes, including headers: active responses are larger than inactive ones
     * @param rejected responses that are neither 2xx nor 3xx
     * @param broken failed connections and timeouts
     */
    record Result(double throughput, double p50, double p99, double cpu, double size, long rejected, long broken) {}
}
