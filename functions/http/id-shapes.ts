/** Ids that the service makes, as the API page describes them: a prefix and twenty-six letters, which sort by time. */
import { identifier } from "../../domain/facts.ts";

const made = {
  chk: "decision",
  qt: "quote",
  ntc: "notice",
  evt: "event",
  exc: "exception",
  imp: "import",
};

/** An id of that kind. Another one that a caller could have is taken all the same, and is not found. */
export const madeId = (prefix: keyof typeof made) =>
  identifier.meta({
    description: `Made by the service when the ${made[prefix]} was stored.`,
    pattern: `^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`,
    example: `${prefix}_01KB4Q3R8D2V9XJ5T0WZ6N7M1P`,
  });
