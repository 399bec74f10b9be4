package io.qahub.example.api;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Health check of the API. */
@RestController
class Health {
    @GetMapping("/health")
    String up() {
        return "UP";
    }
}
