package io.qahub.keycloak.apitokens.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lifetimes, tested to the second. */
class TokenPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Instant IN_A_WEEK = NOW.plus(Duration.ofDays(7));
    private static final OptionalInt UNSET = OptionalInt.empty();

    @Test
    void anExpiryIsAllowedUpToTheLatestExpiryAndNotASecondLater() throws InvalidTokenRequestException {
        TokenPolicy week = policy(OptionalInt.of(7), UNSET);
        for (Instant allowed : new Instant[] {IN_A_WEEK.minusSeconds(1), IN_A_WEEK}) {
            assertEquals(Optional.of(allowed), week.expiry(true, Optional.of(allowed), NOW));
        }
        for (Optional<Instant> asked : Set.of(Optional.of(IN_A_WEEK.plusSeconds(1)), Optional.<Instant>empty())) {
            assertThrows(InvalidTokenRequestException.class, () -> week.expiry(true, asked, NOW));
        }
        assertThrows(InvalidTokenRequestException.class, () -> week.expiry(false, Optional.empty(), NOW));
    }

    @Test
    void theDefaultLifetimeAppliesToRequestsWithoutAnExpiryUpToTheMaximum() throws InvalidTokenRequestException {
        Optional<Instant> unsaid = Optional.empty();
        assertEquals(Optional.of(IN_A_WEEK), policy(UNSET, OptionalInt.of(7)).expiry(false, unsaid, NOW));
        assertEquals(Optional.empty(), policy(UNSET, OptionalInt.of(7)).expiry(true, unsaid, NOW));
        assertEquals(Optional.empty(), policy(UNSET, UNSET).expiry(false, unsaid, NOW));
        assertEquals(
                Optional.of(IN_A_WEEK),
                policy(OptionalInt.of(7), OptionalInt.of(7)).expiry(false, unsaid, NOW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxLifetimeDays       | 0         | 'a whole number from 1 to 100000000.'",
                "idleDays              | 100000001 | 'a whole number from 1 to 100000000.'",
                "keepInactiveDays      | -1        | 'a whole number from 0 to 100000000.'",
                "defaultLifetimeDays   | 31        | 'a whole number from 1 to 30, the value of apiTokens.maxLifetimeDays.'",
                "defaultLifetimeDays   | 0         | 'a whole number from 1 to 100000000.'",
                "reauthenticateSeconds | 59        | '0, or a whole number from 60 to 100000000.'",
                "reauthenticateSeconds | 1         | '0, or a whole number from 60 to 100000000.'",
                "reauthenticateSeconds | -1        | '0, or a whole number from 60 to 100000000.'",
                "reauthenticateSeconds | 100000001 | '0, or a whole number from 60 to 100000000.'"
            })
    void aNumberThatIsOutOfRangeIsReportedWithItsRange(String attribute, String value, String range) {
        Map<String, String> attributes = new HashMap<>(Map.of("apiTokens.maxLifetimeDays", "30"));
        attributes.put("apiTokens." + attribute, value);
        InvalidPolicyException report =
                assertThrows(InvalidPolicyException.class, () -> TokenPolicy.of(attributes::get));
        assertEquals("The realm attribute apiTokens." + attribute + " must be " + range, report.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"reauthenticateSeconds,0", "reauthenticateSeconds,60", "defaultLifetimeDays,30", "keepInactiveDays,0"})
    void aNumberAtTheEndOfItsRangeIsAccepted(String attribute, String value) throws InvalidPolicyException {
        TokenPolicy.of(Map.of("apiTokens.maxLifetimeDays", "30", "apiTokens." + attribute, value)::get);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/help?topic=tokens#top", "http://intranet:8080", "HTTPS://example.com"})
    void theAddressOfAHelpPageIsAccepted(String url) throws InvalidPolicyException {
        assertEquals(
                url, TokenPolicy.of(Map.of("apiTokens.helpUrl", " " + url)::get).helpUrl());
        assertNull(TokenPolicy.of(Map.of("apiTokens.helpUrl", " ")::get).helpUrl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "//example.com",
                "/help",
                "help",
                "https:",
                "https:///help",
                "https://user@example.com",
                "https://example.com/a b",
                "ftp://example.com"
            })
    void anythingElseIsNoHelpPage(String url) {
        InvalidPolicyException report =
                assertThrows(InvalidPolicyException.class, () -> TokenPolicy.of(Map.of("apiTokens.helpUrl", url)::get));
        assertEquals(
                "The realm attribute apiTokens.helpUrl must be the URL of a page, such as https://example.com/help.",
                report.getMessage());
    }

    @Test
    void aKeptExpiryIsLimitedToTheLatestExpiry() {
        TokenPolicy week = policy(OptionalInt.of(7), UNSET);
        assertEquals(IN_A_WEEK, week.cappedExpiry(null, NOW));
        assertEquals(IN_A_WEEK, week.cappedExpiry(IN_A_WEEK.plusSeconds(1), NOW));
        assertEquals(IN_A_WEEK.minusSeconds(1), week.cappedExpiry(IN_A_WEEK.minusSeconds(1), NOW));
        assertEquals(null, policy(UNSET, UNSET).cappedExpiry(null, NOW));
    }

    @Test
    void anExpiryIsLimitedToAHundredYears() throws InvalidTokenRequestException {
        Instant latest = NOW.plus(Duration.ofDays(36_525));
        assertEquals(
                Optional.of(latest), policy(OptionalInt.of(100_000_000), UNSET).latestExpiry(NOW));
        assertEquals(
                Optional.of(latest), policy(UNSET, OptionalInt.of(100_000_000)).expiry(false, Optional.empty(), NOW));
    }

    private static TokenPolicy policy(OptionalInt longest, OptionalInt usual) {
        Map<String, String> attributes = new HashMap<>();
        longest.ifPresent(days -> attributes.put("apiTokens.maxLifetimeDays", String.valueOf(days)));
        usual.ifPresent(days -> attributes.put("apiTokens.defaultLifetimeDays", String.valueOf(days)));
        try {
            return TokenPolicy.of(attributes::get);
        } catch (InvalidPolicyException e) {
            throw new AssertionError(e);
        }
    }
}
