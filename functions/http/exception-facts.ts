/**
 * Exceptions that the vendor approved, as facts of an account: read, listed and taken back like any other.
 */
import { exception } from "../../domain/facts.ts";
import { factRoutes } from "./fact-routes.ts";
import { madeId } from "./id-shapes.ts";
import { accountNotFound, factsOf } from "./known-facts.ts";

export const exceptionFacts = factRoutes({
  name: "exception",
  answerName: "ExceptionAnswer",
  tag: "Exceptions",
  collection: "exceptions",
  idName: "exceptionId",
  idShape: madeId("exc"),
  schema: exception,
  shelf: {
    above: ["accountId"],
    owner: ({ accountId = "" }) => ({ accountId }),
    read: async (call, { accountId = "" }, knownAt) => (await factsOf(call, accountId, knownAt)).dossier.exceptions,
    among({ dossier }, { accountId = "" }) {
      if (dossier === null) throw accountNotFound(accountId);
      return dossier.exceptions;
    },
  },
});
