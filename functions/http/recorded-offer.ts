/**
 * An offer as it stands among the facts: which quote it is, until when it could be paid, and what became of it.
 */
import { offer } from "../../domain/facts.ts";
import { withEveryField } from "./every-field.ts";
import { madeId } from "./id-shapes.ts";

export const recordedOffer = withEveryField(offer, "RecordedOffer", { quoteId: madeId("qt") });
