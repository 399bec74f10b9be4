package io.qahub.example.api;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says that the API is up, to whoever starts it. */
@RestController
class Health {
    @GetMapping("/health")
    String up() {
        return "UP";
    }
}
