package io.qahub.keycloak.apitokens.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that requires installed programs; skipped if they are missing, except in CI, where it fails. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsCondition.class)
@interface Needs {
    /** The required files. */
    String[] files();

    /** The Debian packages that contain them. */
    String packages();
}
