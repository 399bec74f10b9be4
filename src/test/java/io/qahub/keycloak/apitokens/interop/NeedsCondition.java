package io.qahub.keycloak.apitokens.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Evaluates {@link Needs}. */
final class NeedsCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Needs needs = context.getRequiredTestClass().getAnnotation(Needs.class);
        if (Arrays.stream(needs.files()).allMatch(file -> Files.exists(Path.of(file)))) {
            return ConditionEvaluationResult.enabled(needs.packages() + ": installed.");
        }
        String advice = "apt-get install " + needs.packages();
        if (System.getenv("CI") != null) {
            throw new IllegalStateException("CI must run the interop tests: " + advice);
        }
        return ConditionEvaluationResult.disabled("Not all installed: " + advice);
    }
}
