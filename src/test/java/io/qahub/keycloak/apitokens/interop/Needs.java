package io.qahub.keycloak.apitokens.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of programs of this machine; left out where they are missing, except in CI, where it fails. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsCondition.class)
@interface Needs {
    /** The files without which it cannot run. */
    String[] files();

    /** The Debian packages that bring them. */
    String packages();
}
