package io.qahub.example.quarkus;

import io.quarkus.security.PermissionsAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Test cases, kept in memory. A token's scopes are its permissions. */
@Path("/api/v1/cases")
public class Cases {
    /** A test case. */
    public record TestCase(long id, String title) {}

    /** The fields that a caller may set. */
    public record Change(String title) {}

    private static final Map<Long, TestCase> CASES = new ConcurrentSkipListMap<>();
    private static final AtomicLong IDS = new AtomicLong();

    /** Returns all test cases. */
    @GET
    @PermissionsAllowed("read")
    public Collection<TestCase> list() {
        return CASES.values();
    }

    /** Creates a test case. */
    @POST
    @PermissionsAllowed("write")
    public Response create(Change wanted) {
        TestCase made = new TestCase(IDS.incrementAndGet(), wanted.title());
        CASES.put(made.id(), made);
        return Response.status(Response.Status.CREATED).entity(made).build();
    }

    /** Changes a test case. */
    @PATCH
    @Path("/{id}")
    @PermissionsAllowed("write")
    public TestCase update(long id, Change wanted) {
        return found(CASES.computeIfPresent(id, (key, old) -> new TestCase(id, wanted.title())));
    }

    /** Deletes a test case. */
    @DELETE
    @Path("/{id}")
    @PermissionsAllowed("write")
    public void delete(long id) {
        found(CASES.remove(id));
    }

    private static TestCase found(TestCase testCase) {
        if (testCase == null) {
            throw new NotFoundException();
        }
        return testCase;
    }
}
