/**
 * An offer as it stands among the facts: which quote it is, until when it could be paid, and what became of it.
 */
import { identifier, offer } from "../../domain/facts.ts";
import { withEveryField } from "./every-field.ts";

export const recordedOffer = withEveryField(offer, "RecordedOffer", { quoteId: identifier });
