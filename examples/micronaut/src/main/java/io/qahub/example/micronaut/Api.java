package io.qahub.example.micronaut;

import io.micronaut.runtime.Micronaut;

/** Serves QA Hub's test cases at {@code /api/v1/cases}. */
public final class Api {
    private Api() {}

    /** Starts the server. */
    public static void main(String[] arguments) {
        Micronaut.run(Api.class, arguments);
    }
}
