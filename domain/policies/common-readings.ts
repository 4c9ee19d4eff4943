/** Readings that every policy shares: how days, terms, money and hours are counted where a text is silent. */
import type { ReadingEntry } from "../policy.ts";

const settled = (id: string, question: string, option: string, says: string): ReadingEntry => ({
  id,
  question,
  options: [{ id: option, says }],
  default: option,
});

export const commonReadings: ReadingEntry[] = [
  settled("term-days", "Is the last day inside the term?", "both-inside", "first and last day are both covered, as plain dates in the policy's zone"),
  settled(
    "anchor",
    "Where do renewals at month ends fall?",
    "from-anchor",
    "each term is counted from the anchor, its day clamped to the month's end",
  ),
  settled(
    "notice-counting",
    "What is at least N days before the end?",
    "calendar-days",
    "the last day in time is the last day less N calendar days, that day included; nothing rolls over weekends",
  ),
  settled("receipt", "Does sending or receiving count?", "received", "the day of receipt, in the policy's zone, until midnight"),
  settled(
    "current",
    "When are payments current?",
    "due-day-in-time",
    "every invoice in scope due before the day has no open balance; the due day itself is in time",
  ),
  settled(
    "lapse",
    "Is an unpaid term a lapse?",
    "not-renewed",
    "a renewed but unpaid term is past due; lapsed means that the last covered term ended and did not renew",
  ),
  settled(
    "window",
    "What is inside the months after a lapse in which cover can be brought back?",
    "last-day-inside",
    "so many months counted from the first day without cover as the policy states, the last day of them still inside",
  ),
  settled(
    "day-count",
    "What is part of a year?",
    "contractual-period",
    "days over the days of the contractual twelve-month period that contains them",
  ),
  settled(
    "rounding",
    "Where are cents rounded?",
    "each-line-half-up",
    "exact inside, each line once, half up; totals add rounded lines; caps round down",
  ),
  settled(
    "hours-half-open",
    "Is the closing time open?",
    "closed-at-closing",
    "open at the opening time, closed at the closing time; a deadline that uses up the last minute falls at the closing time",
  ),
  settled(
    "clock-start",
    "When does a response clock start?",
    "first-proper-report",
    "at the first report that satisfies person, channel and intake; out of hours at the next opening",
  ),
  settled(
    "governing-version",
    "Which version of a policy governs?",
    "request-and-term",
    "process questions: the version in force when the request was made; money and notices: the one in force on the first day of the running term, after a lapse of the last one",
  ),
  {
    id: "late-notice",
    question: "Does a late notice count for a later term?",
    options: [
      { id: "literal", says: "a late notice has no effect, then or later" },
      { id: "counts-for-next-term", says: "a late notice counts for the end of the next term" },
    ],
    default: "literal",
  },
  {
    id: "short-term-notice",
    question: "How can a term end that is too short to hold its own notice day?",
    options: [
      { id: "counts-for-both", says: "a notice in the term before counts for both" },
      { id: "literal", says: "it cannot; notice ends the term after it" },
    ],
    default: "counts-for-both",
  },
  {
    id: "version-list",
    question: "What if no versions of a product are recorded at all?",
    options: [
      { id: "open", says: "nothing stands against a version until a list is recorded" },
      { id: "unknown", says: "whether the version is supported is unknown" },
    ],
    default: "open",
  },
];
