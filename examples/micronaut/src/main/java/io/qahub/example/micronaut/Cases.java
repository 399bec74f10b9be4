package io.qahub.example.micronaut;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Test cases, kept in memory. Requests for a method without {@code @Secured} are rejected. */
@Controller("/api/v1/cases")
class Cases {
    private final Map<Long, TestCase> cases = new ConcurrentSkipListMap<>();
    private final AtomicLong ids = new AtomicLong();

    @Get
    @Secured("read")
    Collection<TestCase> list() {
        return cases.values();
    }

    @Post
    @Secured("write")
    @Status(HttpStatus.CREATED)
    TestCase create(@Body Change wanted) {
        TestCase made = new TestCase(ids.incrementAndGet(), wanted.title());
        cases.put(made.id(), made);
        return made;
    }

    /** Returns null, that is, status 404, if the test case does not exist. */
    @Patch("/{id}")
    @Secured("write")
    @Nullable
    TestCase update(long id, @Body Change wanted) {
        return cases.computeIfPresent(id, (key, old) -> new TestCase(key, wanted.title()));
    }

    @Delete("/{id}")
    @Secured("write")
    HttpResponse<?> delete(long id) {
        return cases.remove(id) == null ? HttpResponse.notFound() : HttpResponse.noContent();
    }

    /** A test case. */
    @Serdeable.Serializable
    record TestCase(long id, String title) {}

    /** The field that a caller may set. */
    @Serdeable.Deserializable
    record Change(String title) {}
}
