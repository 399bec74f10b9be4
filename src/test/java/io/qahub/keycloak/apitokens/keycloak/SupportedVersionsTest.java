package io.qahub.keycloak.apitokens.keycloak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupportedVersionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"26.4.0", "26.4.7", "26.4.7.redhat-00001", "26.5.6", "26.6.4", "26.7.5", "26.7"})
    void aTestedVersionIsAcceptedWithoutAWarning(String version) {
        assertEquals(Optional.empty(), SupportedVersions.rejection(version));
        assertEquals(Optional.empty(), SupportedVersions.warning(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.8.0", "26.40.1", "999.0.0-SNAPSHOT", "DEV", ""})
    void anUnknownVersionIsAcceptedWithAWarning(String version) {
        assertEquals(Optional.empty(), SupportedVersions.rejection(version));
        assertEquals(
                Optional.of("API tokens have not been tested with Keycloak " + version + ", only with 26.4 to 26.7."),
                SupportedVersions.warning(version));
    }

    @ParameterizedTest
    @CsvSource({
        "26.4.7,true",
        "26.6.4.redhat-00001,true",
        "26.7.0,false",
        "26.10.0,false",
        "999.0.0-SNAPSHOT,false",
        "DEV,false"
    })
    void versionsBefore267AreRecognized(String version, boolean isBefore) {
        assertEquals(isBefore, SupportedVersions.isBefore(version, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.3.5", "26.0.0", "25.0.6", "7.6.11", "27.0.0", "99.0.0", "9999.9999.9"})
    void aVersionOnWhichItCannotRunIsRejectedInOneSentence(String version) {
        assertEquals(
                Optional.of("API tokens cannot run on Keycloak " + version
                        + ", only on 26.4 to 26.7. Use a version of the API tokens JAR for this version of Keycloak,"
                        + " or remove the JAR from the directory \"providers\"."),
                SupportedVersions.rejection(version));
    }
}
