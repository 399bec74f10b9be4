package io.qahub.example.vertx;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Test cases, kept in memory. */
final class Cases {
    private final Map<Long, JsonObject> cases = new ConcurrentSkipListMap<>();
    private final AtomicLong ids = new AtomicLong();

    void list(RoutingContext request) {
        request.json(new JsonArray(List.copyOf(cases.values())));
    }

    void create(RoutingContext request) {
        long id = ids.incrementAndGet();
        cases.put(id, testCase(id, request));
        request.response().setStatusCode(201);
        request.json(cases.get(id));
    }

    void update(RoutingContext request) {
        JsonObject updated = cases.computeIfPresent(id(request), (id, old) -> testCase(id, request));
        if (updated == null) {
            request.fail(404);
        } else {
            request.json(updated);
        }
    }

    void delete(RoutingContext request) {
        request.response()
                .setStatusCode(cases.remove(id(request)) == null ? 404 : 204)
                .end();
    }

    private static JsonObject testCase(long id, RoutingContext request) {
        return new JsonObject()
                .put("id", id)
                .put("title", request.body().asJsonObject().getString("title"));
    }

    private static long id(RoutingContext request) {
        return Long.parseLong(request.pathParam("id"));
    }
}
