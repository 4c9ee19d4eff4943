/** Hands out a stored quote as a PDF, with the words of the policy and the names that were known when it was made. */
import { compile } from "../../domain/compiled-policy.ts";
import { byId } from "../../domain/dossier.ts";
import { localDate } from "../../domain/time/zone.ts";
import type { Answer, Call } from "../http/operation.ts";
import { policiesOf } from "../http/policies-of.ts";
import type { AskedQuote, Quote } from "../http/quote.ts";
import type { StoredRecord } from "../store/store.ts";
import { quotePdf } from "./quote-pdf.ts";

/**
 * The same bytes for the same quote in the same state, all day long.
 * @param quote as it stands at `asOf`
 * @param asOf as the caller gave it; undefined: today
 */
export async function quoteAsPdf(
  { store, now }: Pick<Call, "store" | "now">,
  record: StoredRecord,
  quote: Quote,
  asOf: string | undefined,
): Promise<Answer> {
  const { dossier, catalog } = await store.readFactsAtVersions(record.accountId, record.versions);
  const policy = policiesOf(catalog)
    .get(quote.policy.id)
    ?.find(({ version }) => version === quote.policy.version);
  const { zone } = record.question as AskedQuote;
  const content = await quotePdf({
    quote: { ...quote, id: record.id },
    statusOn: asOf ?? localDate(now, zone ?? "UTC"),
    account: dossier.account,
    contract: byId(dossier.contracts, "contractId", quote.contractId) ?? null,
    policy: policy ?? null,
    inWords({ id, chosen }) {
      const reading = policy && compile(policy).readings.get(id);
      const option = reading?.options.find((one) => one.id === chosen);
      return reading === undefined || option === undefined ? null : { question: reading.question, says: option.says };
    },
  });
  return { status: 200, headers: { "content-disposition": `inline; filename="${record.id}.pdf"` }, file: { type: "application/pdf", content } };
}
