package io.qahub.keycloak.apitokens.model;

/**
 * Where a token stood in a list in ascending order; from there a page is reached without skipping all that comes before.
 *
 * @param position how many come before it
 * @param time that by which the list is sorted, null where it has none
 * @param id the token's
 */
public record TokenMark(int position, Long time, String id) {
    /** Returns whether it has the time by which the list is sorted. */
    public boolean hasTime() {
        return time != null;
    }
}
