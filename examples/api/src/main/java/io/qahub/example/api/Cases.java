package io.qahub.example.api;

import io.qahub.example.api.TestCase.Change;
import java.security.Principal;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Test cases, kept in memory. */
@RestController
@RequestMapping("/api/v1/cases")
class Cases {
    private final Map<Long, TestCase> cases = new ConcurrentSkipListMap<>();
    private final AtomicLong ids = new AtomicLong();

    @GetMapping
    Collection<TestCase> list() {
        return cases.values();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    TestCase create(@RequestBody Change wanted, Principal caller) {
        TestCase made = new TestCase(ids.incrementAndGet(), "untitled", "open", caller.getName()).with(wanted);
        cases.put(made.id(), made);
        return made;
    }

    @PatchMapping("/{id}")
    TestCase update(@PathVariable long id, @RequestBody Change wanted) {
        return found(cases.computeIfPresent(id, (key, old) -> old.with(wanted)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id) {
        found(cases.remove(id));
    }

    private static TestCase found(TestCase testCase) {
        if (testCase == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return testCase;
    }
}
