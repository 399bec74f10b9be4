package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.cluster.Postgres;
import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Realm;
import io.qahub.keycloak.apitokens.token.DigestKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** First uses of tokens with the bcrypt cost of production: in sequence, and many simultaneously after a restart. */
final class FirstUse {
    private static final int ONE_BY_ONE = 200;
    private static final int STRANGERS = 1000;
    private static final int IN_BETWEEN = 20;
    private static final int FIRST_USES = Integer.getInteger("bench.first-uses", 10_000);
    private static final int CONNECTIONS = 8;
    private static final int MANY_CONNECTIONS = 64;
    private static final int COST = 10;

    private FirstUse() {}

    static String run(Postgres database) {
        System.setProperty("http.maxConnections", Integer.toString(MANY_CONNECTIONS));
        try (Server server = Server.start("one", database, "--metrics-enabled=true")) {
            Tokens rows = Tokens.in(database);
            rows.makeOwners("owner", 100);
            rows.makeOwners("stranger", STRANGERS);
            rows.makeOwners("newcomer", ONE_BY_ONE);
            Endpoints endpoints = new Endpoints(server);
            List<String> warm = rows.make("owner", 100, 1000);
            endpoints.warm(warm);
            endpoints.own(warm).run(30);
            String usual = signIns(server, endpoints.own(warm));
            System.out.print(usual);
            milliseconds(server, rows.make("owner", 100, 3000)); // lets the JIT compile first uses and the caller
            milliseconds(server, rows.make("stranger", STRANGERS, STRANGERS)); // and the reading of owners
            endpoints.warm(rows.make("owner", 100, 50, COST)); // lets the JIT compile bcrypt
            String report = usual + "Owners cached on the node: "
                    + oneByOne(server, warm, rows.make("owner", 100, ONE_BY_ONE, COST))
                    + "Owners not cached on the node: "
                    + oneByOne(server, warm, rows.make("newcomer", ONE_BY_ONE, ONE_BY_ONE, COST));
            System.out.print(report);
            List<String> many = rows.make("owner", 100, FIRST_USES, COST);
            List<String> fewer = many.subList(0, FIRST_USES / 5);
            server.restart();
            report += simultaneous(server, many, CONNECTIONS);
            server.restart();
            report += simultaneous(server, fewer, MANY_CONNECTIONS);
            String key = Tokens.newKey();
            rows.storeDigests(many, DigestKey.parse(key).get(0));
            server.use(Server.DIGEST_KEYS + key);
            server.restart();
            return report + "With a key: " + simultaneous(server, many, CONNECTIONS);
        }
    }

    /** Measures password sign-ins without other load, and while cached tokens are introspected over 8 connections. */
    private static String signIns(Server server, Load cached) {
        signIns(server, () -> rest(10_000));
        return "Without other load: %s%nDuring introspections of cached tokens on 8 connections: %s%n"
                .formatted(signIns(server, () -> rest(10_000)), signIns(server, () -> cached.run(10)));
    }

    private static String signIns(Server server, Runnable meanwhile) {
        try (Logins people = Logins.of(server, "alice")) {
            meanwhile.run();
            return people.report();
        }
    }

    /** Introspects cached tokens before each: any request that directly follows a metrics request takes longer. */
    private static String oneByOne(Server server, List<String> warm, List<String> tokens) {
        double[] bcrypts = new double[tokens.size()];
        double[] besides = new double[tokens.size()];
        double[] rested = new double[tokens.size()];
        for (int i = 0; i < tokens.size(); i++) {
            double before = bcryptSeconds(server);
            milliseconds(server, warm.subList(0, IN_BETWEEN));
            double first = milliseconds(server, tokens.subList(i, i + 1));
            bcrypts[i] = (bcryptSeconds(server) - before) * 1e3;
            besides[i] = first - bcrypts[i];
            rest(bcrypts[i]);
            rested[i] = milliseconds(server, warm.subList(0, 1));
        }
        return ("%d first uses in sequence: bcrypt %.1f ms, everything except bcrypt %.1f ms (mean %.1f); second uses: %.1f ms;"
                        + " cached tokens after a pause of the same length: %.1f ms (mean %.1f)%n")
                .formatted(
                        tokens.size(),
                        Rounds.median(DoubleStream.of(bcrypts)),
                        Rounds.median(DoubleStream.of(besides)),
                        DoubleStream.of(besides).average().orElseThrow(),
                        milliseconds(server, tokens),
                        Rounds.median(DoubleStream.of(rested)),
                        DoubleStream.of(rested).average().orElseThrow());
    }

    private static void rest(double milliseconds) {
        try {
            TimeUnit.MICROSECONDS.sleep(Math.round(milliseconds * 1e3));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double milliseconds(Server server, List<String> tokens) {
        long begun = System.nanoTime();
        tokens.forEach(token -> introspect(server, token));
        return (System.nanoTime() - begun) / 1e6 / tokens.size();
    }

    private static String simultaneous(Server server, List<String> tokens, int width) {
        ExecutorService connections = Executors.newFixedThreadPool(width);
        AtomicLong longest = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        try (Logins people = Logins.of(server, "alice")) {
            long begun = System.nanoTime();
            connections.invokeAll(tokens.stream()
                    .map(token -> (Callable<Boolean>) () -> {
                        long asked = System.nanoTime();
                        boolean active = introspect(server, token);
                        longest.accumulateAndGet((System.nanoTime() - asked) / 1_000_000, Math::max);
                        failed.addAndGet(active ? 0 : 1);
                        return active;
                    })
                    .toList());
            double seconds = (System.nanoTime() - begun) / 1e9;
            return "First uses after a restart: %d tokens on %d connections in %.0f s, %d not active, longest wait %d ms; %s%n"
                    .formatted(tokens.size(), width, seconds, failed.get(), longest.get(), people.report());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            connections.shutdownNow();
        }
    }

    /**
     * Returns whether the token is active; also returns false if the request was rejected because too many operations
     * were waiting for bcrypt. Runs on the caller's thread and does not use {@code Http}, which would check each
     * response against openapi.yaml.
     */
    private static boolean introspect(Server server, String token) {
        try {
            HttpURLConnection call = (HttpURLConnection)
                    URI.create(server.realm(Realm.OWN_ENDPOINT)).toURL().openConnection();
            call.setDoOutput(true);
            call.setRequestProperty("Authorization", Load.basic("qa-hub-api", "qa-hub-api-secret"));
            call.setRequestProperty("Content-Type", Load.FORM);
            call.getOutputStream().write(("token=" + token).getBytes(StandardCharsets.UTF_8));
            if (call.getResponseCode() == 503) {
                call.getErrorStream().close();
                return false;
            }
            try (InputStream answer = call.getInputStream()) {
                return new String(answer.readAllBytes(), StandardCharsets.UTF_8).contains("\"active\":true");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double bcryptSeconds(Server server) {
        Matcher found = Pattern.compile("api_tokens_bcrypt_seconds_sum\\{[^}]*operation=\"verify\"[^}]*} (\\S+)")
                .matcher(Http.at("GET", server.metrics()).send().text());
        if (!found.find()) {
            throw new IllegalStateException("no bcrypt metric");
        }
        return Double.parseDouble(found.group(1));
    }
}
