/**
 * Accounts and all facts below them: what the customer holds, has agreed, was charged and has paid, and who speaks for
 * it. Facts are written with the caller's own ids; everything else that the service says is derived from them.
 */
import * as z from "zod";
import { account, contact, contract, contractLine, type Dossier, identifier, invoice, license, payment, premises } from "../domain/facts.ts";
import { accountStatusSchema } from "../domain/questions/answers.ts";
import { accountStatus } from "../domain/questions/standing.ts";
import { formatInstant } from "../domain/time/instant.ts";
import { concurrently } from "./http/concurrently.ts";
import { exceptionFacts } from "./http/exception-facts.ts";
import { type FactKind, type FactRoutes, factRoutes, type Shelf } from "./http/fact-routes.ts";
import { factsOn } from "./http/facts-on.ts";
import { accountNotFound, factsOf, knownFactsOf } from "./http/known-facts.ts";
import { asOf, knownAt, timesQuery } from "./http/moment-shapes.ts";
import { knownAtFrom, knownNow } from "./http/moments.ts";
import { answer, type Operations, operation } from "./http/operation.ts";
import { cursorAfter, listOf, pageOf, pageQuery } from "./http/paging.ts";
import { type PartRoutes, partRoutes } from "./http/part-routes.ts";
import { Problem } from "./http/problem.ts";
import { recordedNotice } from "./http/recorded-notice.ts";
import { recordedOffer } from "./http/recorded-offer.ts";
import { serve } from "./http/serve.ts";

/** Facts of one kind, below the account that the path names. */
function inDossier(listed: (dossier: Dossier) => readonly object[]): Shelf {
  return {
    above: ["accountId"],
    owner: ({ accountId = "" }) => ({ accountId }),
    read: async (call, { accountId = "" }, knownAt) => listed((await factsOf(call, accountId, knownAt)).dossier),
    among({ dossier }, { accountId = "" }) {
      if (dossier === null) throw accountNotFound(accountId);
      return listed(dossier);
    },
  };
}

const accounts = factRoutes({
  name: "account",
  answerName: "AccountAnswer",
  tag: "Accounts",
  collection: "accounts",
  idName: "accountId",
  schema: account,
  path: "account",
  shelf: {
    above: [],
    owner: ({ accountId = "" }) => ({ accountId }),
    async read(call, { accountId = "" }, knownAt) {
      const { dossier } = await factsOf(call, accountId, knownAt);
      return [{ accountId, ...dossier.account }];
    },
    among: ({ dossier }) => (dossier === null ? [] : [{ accountId: dossier.accountId, ...dossier.account }]),
  },
  refuseDelete({ dossier }) {
    const { licenses, premises, contracts, contacts, invoices, notices, quotes, exceptions } = dossier as Dossier;
    const left = [licenses, premises, contracts, contacts, invoices, notices, quotes, exceptions].reduce((sum, list) => sum + list.length, 0);
    if (left > 0) throw new Problem(409, "account-not-empty", `\`${left}\` facts are recorded below the account: take them back first`);
  },
});

const licenses = factRoutes({
  name: "license",
  answerName: "LicenseAnswer",
  tag: "Licenses",
  collection: "licenses",
  idName: "licenseId",
  schema: license,
  shelf: inDossier((dossier) => dossier.licenses),
});

const allPremises = factRoutes({
  name: "premises",
  answerName: "PremisesAnswer",
  tag: "Premises",
  collection: "premises",
  idName: "premisesId",
  schema: premises,
  shelf: inDossier((dossier) => dossier.premises),
});

const contractKind: FactKind = {
  name: "contract",
  answerName: "ContractAnswer",
  tag: "Contracts",
  collection: "contracts",
  idName: "contractId",
  schema: contract,
  shelf: inDossier((dossier) => dossier.contracts),
};
const contracts = factRoutes(contractKind);
const lines = partRoutes({
  of: contractKind,
  name: "contract line",
  answerName: "OneContractLineAnswer",
  list: "lines",
  idName: "licenseId",
  schema: contractLine.omit({ licenseId: true }),
});

const contacts = factRoutes({
  name: "contact",
  answerName: "ContactAnswer",
  tag: "Contacts",
  collection: "contacts",
  idName: "contactId",
  schema: contact,
  // The name is null once it was erased.
  answered: contact.extend({ name: contact.shape.name.optional() }),
  shelf: {
    ...inDossier((dossier) => dossier.contacts),
    persons: {
      one: (call, { accountId = "", contactId = "" }, knownAt) => call.store.readPerson(accountId, contactId, knownAt),
      all: (call, { accountId = "" }, knownAt) => call.store.readPersons(accountId, knownAt),
    },
  },
});

const invoiceKind: FactKind = {
  name: "invoice",
  answerName: "InvoiceAnswer",
  tag: "Invoices",
  collection: "invoices",
  idName: "invoiceId",
  schema: invoice,
  shelf: inDossier((dossier) => dossier.invoices),
};
const invoices = factRoutes(invoiceKind);
const payments = partRoutes({
  of: invoiceKind,
  name: "payment",
  answerName: "OnePaymentAnswer",
  list: "payments",
  idName: "paymentId",
  schema: payment.omit({ paymentId: true }),
});

const listedAccount = z
  .strictObject({
    accountId: identifier,
    name: z.string(),
    customerNumber: z.string().nullable(),
    policyIds: z.array(z.string()),
    status: accountStatusSchema,
  })
  .meta({ id: "ListedAccount", description: "`status`: the worst of its contracts' now, or `none`." });

/** One request looks at no more accounts than these; a page may then be short, or empty, with a cursor to go on. */
const mostAccountsLookedAt = 500;

const listAccounts = operation({
  summary: "List or search accounts",
  description:
    "In the order of their ids. `status` is derived now. A page may hold fewer items than `limit` although there are more: go on with `nextCursor` until it is null.",
  tag: "Accounts",
  query: pageQuery.extend({
    q: z
      .string()
      .max(200, "must be at most `200` characters")
      .meta({ description: "Part of the id, the name or the customer number, in any case." })
      .optional(),
    policyId: identifier.meta({ description: "Only accounts with a contract under this policy." }).optional(),
    status: accountStatusSchema.optional(),
  }),
  answers: { 200: listOf(listedAccount) },
  async run({ query, store, now }) {
    const { q, policyId, status } = query;
    const list = JSON.stringify(["accounts", q, policyId, status]);
    const page = pageOf(query, list);
    const items: z.infer<typeof listedAccount>[] = [];
    const respond = (after: string | null) => answer(200, { items, nextCursor: cursorAfter(after, list) });
    let { after } = page;
    for (let lookedAt = 0; lookedAt < mostAccountsLookedAt; ) {
      const limit = status === undefined ? page.limit : 100;
      const found = await store.listAccounts({ limit, after }, { ...(q && { q }), ...(policyId && { policyId }) });
      const described = await concurrently(16, found.accounts, async (listed) => {
        const snapshot = await store.readFacts(listed.accountId, null);
        // Null: taken back between the two reads.
        return snapshot && { ...listed, status: accountStatus(knownFactsOf(snapshot), { instant: now }) };
      });
      for (const [n, listed] of described.entries()) {
        if (listed !== null && (status === undefined || listed.status === status)) items.push(listed);
        const last = n === described.length - 1 && found.after === null;
        if (items.length === page.limit) return respond(last ? null : (found.accounts[n]?.accountId ?? null));
      }
      after = found.after;
      if (after === null) break;
      lookedAt += limit;
    }
    return respond(after);
  },
});

const allFacts = operation({
  summary: "Read everything that is known about an account",
  description:
    "All facts as recorded by `knownAt`. With `asOf`, only what counts on that day (of an instant: its day in UTC): licenses delivered and not retired, contacts active, invoices issued, payments made, notices received.",
  tag: "Accounts",
  params: z.strictObject({ accountId: identifier }),
  query: timesQuery,
  answers: {
    200: z
      .strictObject({
        accountId: identifier,
        asOf: asOf.nullable(),
        knownAt,
        account: accounts.answerSchema,
        licenses: z.array(licenses.answerSchema),
        premises: z.array(allPremises.answerSchema),
        contracts: z.array(contracts.answerSchema),
        contacts: z.array(contacts.answerSchema),
        invoices: z.array(invoices.answerSchema),
        notices: z.array(recordedNotice.schema),
        quotes: z.array(recordedOffer.schema),
        exceptions: z.array(exceptionFacts.answerSchema),
        factsDigest: z.string(),
      })
      .meta({ id: "Facts", description: "Everything known about an account." }),
  },
  async run(call) {
    const { accountId } = call.params;
    const known = knownAtFrom(call.query.knownAt, call.now, "query");
    const snapshot = await factsOf(call, accountId, known);
    // As of the facts that were read: who is renamed meanwhile has the old name here, as when it is asked for again.
    const persons = await call.store.readPersons(accountId, known ?? snapshot.recordedAt.account);
    const dossier = call.query.asOf === undefined ? snapshot.dossier : factsOn(snapshot.dossier, call.query.asOf.slice(0, 10));
    return answer(200, {
      accountId,
      asOf: call.query.asOf ?? null,
      knownAt: formatInstant(known ?? knownNow(snapshot)),
      account: accounts.fill({ accountId, ...dossier.account }),
      licenses: dossier.licenses.map((fact) => licenses.fill(fact)),
      premises: dossier.premises.map((fact) => allPremises.fill(fact)),
      contracts: dossier.contracts.map((fact) => contracts.fill(fact)),
      contacts: dossier.contacts.map((fact) => contacts.fill(fact, persons.get(fact.contactId))),
      invoices: dossier.invoices.map((fact) => invoices.fill(fact)),
      notices: dossier.notices.map(recordedNotice.fill),
      quotes: dossier.quotes.map(recordedOffer.fill),
      exceptions: dossier.exceptions.map((fact) => exceptionFacts.fill(fact)),
      factsDigest: snapshot.factsDigest,
    });
  },
});

export const operations: Operations = {
  "GET /v1/accounts": listAccounts,
  "PUT /v1/accounts/{accountId}": accounts.put,
  "GET /v1/accounts/{accountId}": accounts.get,
  "DELETE /v1/accounts/{accountId}": accounts.delete,
  "GET /v1/accounts/{accountId}/facts": allFacts,
  ...below("licenses/{licenseId}", licenses),
  ...below("premises/{premisesId}", allPremises),
  ...below("contracts/{contractId}", contracts),
  ...below("contracts/{contractId}/lines/{licenseId}", lines),
  ...below("contacts/{contactId}", contacts),
  ...below("invoices/{invoiceId}", invoices),
  ...below("invoices/{invoiceId}/payments/{paymentId}", payments),
};

export const handler = serve(operations);

/** The routes of a kind of fact at its path below an account, and of the list of all of them. */
function below(path: string, { put, get, delete: takeBack, ...rest }: FactRoutes | PartRoutes): Operations {
  const at = `/v1/accounts/{accountId}/${path}` as const;
  const all = at.slice(0, at.lastIndexOf("/")) as typeof at;
  return { [`PUT ${at}`]: put, [`GET ${at}`]: get, [`DELETE ${at}`]: takeBack, ...("list" in rest && { [`GET ${all}`]: rest.list }) };
}
