package io.qahub.example.api;

/** A test case; {@code owner} is the ID of the Keycloak user who created it. */
record TestCase(long id, String title, String status, String owner) {
    /** The fields that a caller may set; null leaves a field unchanged. */
    record Change(String title, String status) {}

    TestCase with(Change change) {
        return new TestCase(
                id,
                change.title() == null ? title : change.title(),
                change.status() == null ? status : change.status(),
                owner);
    }
}
