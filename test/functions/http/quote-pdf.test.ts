/** `GET /v1/quotes/{id}.pdf`: the stored quote as a document, over the real handlers. */
import { extractText, getDocumentProxy } from "unpdf";
import { beforeAll, expect, test } from "vitest";
import { documents } from "./example.ts";
import { accepted, quoteMade, reinstatement, voided, writeLapsed } from "./quotes-example.ts";
import { type Response, type Service, startService } from "./service.ts";

let service: Service;
let made: Response;
beforeAll(async () => {
  service = await startService();
  await writeLapsed(service, "lapsed");
  made = await quoteMade(service, reinstatement("lapsed"));
});

async function read(target: string): Promise<string> {
  const response = await service.send("GET", target);
  expect(response.status).toBe(200);
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(response.content)), { mergePages: true });
  return text.replace(/\s+/g, " ");
}
const pdf = (query = "") => `/v1/quotes/${made.body.id}.pdf${query}`;

test("is a PDF, shown in place, with a name", async () => {
  const { status, headers, content } = await service.send("GET", pdf());
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": `inline; filename="${made.body.id}.pdf"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  expect(content.subarray(0, 8).toString()).toBe("%PDF-1.7");
});

test("has the customer, the total, the lines with their clauses, the days and the readings of the quote, in words", async () => {
  const text = await read(pdf("?asOf=2026-06-01"));
  const { total, payBy, lines, alternatives } = made.body;
  expect(payBy).toBe("2026-12-31");
  for (const part of [
    `Customer ${documents.account.name}`,
    "lapsed, customer number 4711",
    "Status offered, as of 2026-06-01",
    "To be paid by 2026-12-31",
    // 181 of 365 days of CHF 10,000.00 (7.3(b)).
    "Fees for the lapse, l-1 2026-01-01 to 2026-06-30 181 CHF 10,000.00 CHF 4,958.90",
    made.body.knownAt,
    made.body.engineVersion,
  ])
    expect(text.includes(part), part).toBe(true);
  expect(text).toContain(`Total CHF ${total.amount.replace(/(\d)(?=(\d{3})+\.)/g, "$1,")}`);
  for (const { formula, clause } of lines) expect(text).toContain(`${formula} (clause ${clause})`);
  for (const { reading, option } of alternatives) expect(text).toContain(`(${reading}: ${option})`);
  expect(text).not.toContain("undefined");
});

test("is the same to the byte all day long, and the same for ever as of one day, whatever is recorded later", async () => {
  const today = (await service.send("GET", pdf())).content;
  const asOf = (await service.send("GET", pdf("?asOf=2026-06-01"))).content;
  service.clock.now += 60_000;
  expect((await service.send("GET", pdf())).content.equals(today)).toBe(true);
  await service.send("PUT", "/v1/accounts/lapsed", { ...documents.account, name: "Renamed" });
  service.clock.now += 40 * 86_400_000;
  expect((await service.send("GET", pdf("?asOf=2026-06-01"))).content.equals(asOf)).toBe(true);
  expect((await service.send("GET", pdf())).content.equals(today)).toBe(false);
});

test("shows the status at `asOf`, by what was known at `knownAt`", async () => {
  const before = new Date(service.clock.now).toISOString();
  expect((await accepted(service, made, "2026-07-01")).status).toBe(200);
  expect(await read(pdf("?asOf=2026-07-02"))).toContain("Status accepted, as of 2026-07-02 Paid on 2026-07-01");
  expect(await read(pdf("?asOf=2026-06-30"))).toContain("Status offered");
  expect(await read(pdf(`?asOf=2026-07-02&knownAt=${before}`))).toContain("Status offered");
  expect((await service.send("GET", pdf("?knownAt=2030-01-01"))).body).toMatchObject({ status: 400, code: "known-at-in-future" });

  await writeLapsed(service, "other");
  const other = await quoteMade(service, reinstatement("other"));
  await voided(service, other, "made twice");
  expect(await read(`/v1/quotes/${other.body.id}.pdf`)).toContain("made twice");
});

test("of no quote, or of another thing, is not found", async () => {
  for (const id of ["qt_none.pdf", ".pdf", "qt_none.pdf.pdf", `${made.body.id}.PDF`, `${made.body.id}.pdf.pdf`, `${made.body.id}.html`])
    expect((await service.send("GET", `/v1/quotes/${id}`)).body.status, id).toBe(404);
  expect((await service.send("POST", `${pdf()}/accept`, { paidOn: "2026-07-01" })).body).toMatchObject({ status: 404, code: "quote-not-found" });
});
