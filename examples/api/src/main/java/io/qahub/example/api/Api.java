package io.qahub.example.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Serves QA Hub's test cases at {@code /api/v1/cases}. */
@SpringBootApplication
public class Api {
    /** Takes Spring Boot's options. */
    public static void main(String[] args) {
        SpringApplication.run(Api.class, args);
    }
}
