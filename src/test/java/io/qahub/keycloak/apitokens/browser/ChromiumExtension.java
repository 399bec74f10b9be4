package io.qahub.keycloak.apitokens.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Provides each test with a browser; takes a screenshot if a test fails; fails if a token leaked in the browser. */
final class ChromiumExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {
    private static final Chromium CHROMIUM = new Chromium();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.isInstalled()) {
            return ConditionEvaluationResult.enabled("Chromium is installed.");
        }
        if (System.getenv("CI") != null) {
            throw new IllegalStateException(
                    "CI must run the browser tests: install Chromium (apt-get install chromium).");
        }
        return ConditionEvaluationResult.disabled("No Chromium found: install it to run the browser tests.");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Chromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return CHROMIUM;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            String test = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
            CHROMIUM.takePicture(Path.of("target/failed-browser-tests", test.replaceAll("[^\\w.]", "") + ".png"));
        }
        try {
            List<String> leaks = CHROMIUM.leaks();
            if (context.getExecutionException().isEmpty()) {
                assertEquals(List.of(), leaks, "the browser sent, received or stored an API token");
            }
        } finally {
            CHROMIUM.closePages();
        }
    }
}
