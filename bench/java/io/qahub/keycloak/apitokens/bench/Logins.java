package io.qahub.keycloak.apitokens.bench;

import io.qahub.keycloak.apitokens.server.Http;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayList;
import java.util.List;

/** A user who repeatedly signs in with a password while a load is running. */
final class Logins implements AutoCloseable {
    private final List<Double> milliseconds = new ArrayList<>();
    private final Thread person;
    private final List<String> failures = new ArrayList<>();

    private Logins(Realm realm, String user) {
        person = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                long begun = System.nanoTime();
                Http.Answer answer = realm.grant("qa-hub-cli", user);
                milliseconds.add((System.nanoTime() - begun) / 1e6);
                if (answer.status() != 200) {
                    failures.add(answer.status() + " " + answer.text());
                }
            }
        });
    }

    static Logins of(Server server, String user) {
        Logins logins = new Logins(new Realm(server.keycloak(), "qa-hub"), user);
        logins.person.setUncaughtExceptionHandler((thread, e) -> {}); // interrupted during a call
        logins.person.start();
        return logins;
    }

    /** Stops and returns the results. */
    String report() {
        close();
        if (milliseconds.isEmpty()) {
            return "no sign-in by password in so short a time";
        }
        double[] sorted =
                milliseconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return "%d sign-ins by password, %d failed%s, median %.0f ms, longest %.0f ms"
                .formatted(
                        sorted.length,
                        failures.size(),
                        failures.isEmpty() ? "" : " " + failures,
                        sorted[sorted.length / 2],
                        sorted[sorted.length - 1]);
    }

    @Override
    public void close() {
        person.interrupt();
        try {
            person.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
