/** An instant in a sentence, as the clock on the wall shows it. */
import { expect, test } from "vitest";
import { parseInstant } from "../../../domain/time/instant.ts";
import { spokenInstant } from "../../../domain/time/spoken-instant.ts";

test.each([
  // Zurich is an hour ahead of UTC in winter and two in summer; 2026-03-29 is the Sunday of the change.
  ["2026-03-02T09:30:00Z", "Europe/Zurich", "2026-03-02T09:30:00Z (Mon 2026-03-02 10:30 Europe/Zurich)"],
  ["2026-03-29T00:59:59Z", "Europe/Zurich", "2026-03-29T00:59:59Z (Sun 2026-03-29 01:59:59 Europe/Zurich)"],
  ["2026-03-29T01:00:00Z", "Europe/Zurich", "2026-03-29T01:00:00Z (Sun 2026-03-29 03:00 Europe/Zurich)"],
  // Another day there.
  ["2026-09-19T00:00:00Z", "America/New_York", "2026-09-19T00:00:00Z (Fri 2026-09-18 20:00 America/New_York)"],
  ["2026-02-28T12:00:00Z", "Pacific/Kiritimati", "2026-02-28T12:00:00Z (Sun 2026-03-01 02:00 Pacific/Kiritimati)"],
  // 1969-12-31 was a Wednesday, 1970-01-01 a Thursday.
  ["1969-12-31T23:59:59Z", "UTC", "1969-12-31T23:59:59Z (Wed 1969-12-31 23:59:59 UTC)"],
  ["1970-01-01T00:00:00Z", "UTC", "1970-01-01T00:00:00Z (Thu 1970-01-01 00:00 UTC)"],
])("%s in %s", (instant, zone, said) => expect(spokenInstant(parseInstant(instant), zone)).toBe(said));

test("without a zone the instant alone", () => expect(spokenInstant(0, null)).toBe("1970-01-01T00:00:00Z"));
