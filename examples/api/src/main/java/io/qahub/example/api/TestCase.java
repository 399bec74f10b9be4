package io.qahub.example.api;

/** A test case; {@code owner} is the id of the Keycloak user who made it. */
record TestCase(long id, String title, String status, String owner) {
    /** What a caller may set; null leaves a field as it is. */
    record Change(String title, String status) {}

    TestCase with(Change change) {
        return new TestCase(
                id,
                change.title() == null ? title : change.title(),
                change.status() == null ? status : change.status(),
                owner);
    }
}
