import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dateInputValue, exactDate, exactTime, relativeTime } from "../../src/shared/dates";
import { NOW } from "../support/tokens";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("a time relative to now", () => {
  const table: [number, string][] = [
    [0, "now"],
    [-44, "now"],
    [-45, "1 minute ago"],
    [-89 * MINUTE, "89 minutes ago"],
    [-90 * MINUTE, "1 hour ago"],
    [-90 * MINUTE - 1, "2 hours ago"],
    [-35 * HOUR, "35 hours ago"],
    [-36 * HOUR, "1 day ago"],
    [-36 * HOUR - 1, "2 days ago"],
    [-99 * DAY, "99 days ago"],
    [-100 * DAY, "3 months ago"],
    [-729 * DAY, "24 months ago"],
    [-730 * DAY, "2 years ago"],
    [45, "in 1 minute"],
    [30 * DAY, "in 30 days"],
    [365 * DAY, "in 12 months"],
  ];
  for (const [seconds, text] of table) {
    test(`${seconds} seconds from now is "${text}"`, () => {
      assert.equal(relativeTime(new Date(NOW.getTime() + seconds * 1000), NOW, "en"), text);
    });
  }

  test("is told in the user's language", () => {
    assert.equal(relativeTime(new Date(NOW.getTime() - 3 * DAY * 1000), NOW, "de"), "vor 3 Tagen");
  });
});

describe("an exact time", () => {
  test("has the minute and the time zone", () => {
    assert.match(exactTime(new Date("2026-07-01T22:30:59Z"), "en"), /^July 2, 2026 at 12:30\sAM GMT\+2$/);
  });

  test("has the zone of its own day, which may be winter's", () => {
    assert.match(exactTime(new Date("2026-12-31T22:30:00Z"), "de"), /^31\. Dezember 2026 um 23:30 MEZ$/);
  });

  test("as a date alone is the user's day", () => {
    assert.equal(exactDate(new Date("2026-07-01T22:30:00Z"), "en"), "July 2, 2026");
  });

  test("as the value of a date input is the user's day, with leading zeros", () => {
    assert.equal(dateInputValue(new Date("2026-01-04T23:30:00Z")), "2026-01-05");
  });
});
