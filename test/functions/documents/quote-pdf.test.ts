/** The document of a quote: what is in it for a reader, and that nothing in it is anything but text. */
import { inflateSync } from "node:zlib";
import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, test } from "vitest";
import { type QuoteDocument, quotePdf } from "../../../functions/documents/quote-pdf.ts";
import { percentOf } from "../../../functions/documents/quote-words.ts";
import type { Quote } from "../../../functions/http/quote.ts";

const chf = (amount: string) => ({ amount, currency: "CHF" });

type Line = Quote["lines"][number];
const backFees: Line = {
  part: "back-fees",
  licenseId: "l-1",
  firstDay: "2026-01-01",
  lastDay: "2026-06-30",
  days: 181,
  basis: chf("10000.00"),
  rate: null,
  amount: chf("4958.90"),
  clause: "7.3(b)",
  formula: "CHF 10,000.00 × 181/365 days",
};
const fee: Line = {
  ...backFees,
  part: "reinstatement-fee",
  licenseId: null,
  firstDay: null,
  lastDay: null,
  days: null,
  basis: chf("4958.90"),
  rate: "0.25",
  amount: chf("1239.73"),
  formula: "25 % of the back fees",
};

function quoteOf(change: Partial<Quote> = {}): QuoteDocument["quote"] {
  return {
    id: "qt_01KB4Q3R8D2V9XJ5T0WZ6N7M1P",
    kind: "reinstatement",
    status: "offered",
    accountId: "acme",
    contractId: "c-1",
    policy: { id: "ebiexperts-support", version: "2025-01-01" },
    reinstateOn: "2026-07-01",
    payOn: "2026-07-01",
    deliveredOn: null,
    lines: [backFees, fee],
    total: chf("6198.63"),
    waived: null,
    indicative: null,
    payBy: "2026-12-31",
    newTerm: { firstDay: "2026-07-01", lastDay: "2027-06-30" },
    alternatives: [{ reading: "ebx-fee-base", option: "forward", total: chf("7458.90") }],
    reasons: [
      {
        clause: "7.3(a)",
        condition: "reinstatement-window",
        result: "pass",
        finding: "reinstatement on 2026-07-01 lies inside the window",
        facts: [],
        cure: { says: "pay by 2026-12-31", clause: null, price: chf("6198.63") },
      },
    ],
    missing: [],
    readings: [{ id: "ebx-fee-base", chosen: "back" }],
    asOf: "2026-06-15T10:00:00Z",
    acceptedPaidOn: null,
    reinstatedAs: [],
    voidedAt: null,
    voidedReason: null,
    knownAt: "2026-06-15T09:00:00Z",
    decidedAt: "2026-06-15T10:00:00Z",
    factsDigest: `sha256:${"0".repeat(64)}`,
    engineVersion: "0.1.0",
    ...change,
  } as QuoteDocument["quote"];
}

function documentOf(change: Partial<Quote> = {}, more: Partial<QuoteDocument> = {}): QuoteDocument {
  return {
    quote: quoteOf(change),
    statusOn: "2026-06-15T10:00:00Z",
    account: { name: "Acme AG", customerNumber: "4711" },
    contract: { program: "enterprise", term: { firstDay: "2025-01-01", lastDay: "2025-12-31" } },
    policy: { vendor: "Ebiexperts", title: "Support Policy" },
    inWords: ({ chosen }) => ({ question: "What is the fee a share of?", says: `of the ${chosen} fees` }),
    ...more,
  };
}

async function read(pdf: Buffer): Promise<{ pages: string[]; text: string }> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: false });
  return { pages: text, text: text.join("\n").replace(/\s+/g, " ") };
}

/** All that the document holds, its compressed streams laid open. */
function laidOpen(pdf: Buffer): string {
  const raw = pdf.toString("latin1");
  let open = raw;
  for (const { index, 0: found } of raw.matchAll(/stream\r?\n/g)) {
    const start = index + found.length;
    const end = raw.indexOf("endstream", start);
    try {
      open += inflateSync(pdf.subarray(start, end)).toString("latin1");
    } catch {
      // Not compressed: it is in what was laid open already.
    }
  }
  return open;
}

test("says to its reader who, what, how much, why, until when, by which text, and that it is no invoice", async () => {
  const { text, pages } = await read(await quotePdf(documentOf()));
  expect(pages).toHaveLength(1);
  for (const part of [
    "Quote: reinstatement of support",
    "This is a quote, not an invoice.",
    "Customer Acme AG",
    "acme, customer number 4711",
    "c-1, program enterprise, recorded term 2025-01-01 to 2025-12-31",
    "Ebiexperts, Support Policy, version 2025-01-01",
    "Status offered, as of 2026-06-15T10:00:00Z",
    "To be paid by 2026-12-31",
    "New term 2026-07-01 to 2027-06-30",
    "1 Fees for the lapse, l-1 2026-01-01 to 2026-06-30 181 CHF 10,000.00 CHF 4,958.90",
    "CHF 10,000.00 × 181/365 days (clause 7.3(b))",
    "2 Reinstatement fee 25 % of CHF 4,958.90 CHF 1,239.73",
    "Total CHF 6,198.63",
    "What is the fee a share of? of the forward fees (ebx-fee-base: forward) CHF 7,458.90",
    "Holds (clause 7.3(a)) reinstatement on 2026-07-01 lies inside the window. To mend it: pay by 2026-12-31, CHF 6,198.63",
    "ebx-fee-base What is the fee a share of? of the back fees (back)",
    "qt_01KB4Q3R8D2V9XJ5T0WZ6N7M1P",
    "2026-06-15T09:00:00Z, sha256:",
    "Good Standing 0.1.0",
    "page 1 of 1",
  ])
    expect(text.includes(part), part).toBe(true);
});

test("is the same to the byte for the same quote, and another for another", async () => {
  const first = await quotePdf(documentOf());
  expect((await quotePdf(documentOf())).equals(first)).toBe(true);
  expect((await quotePdf(documentOf({ status: "expired" }))).equals(first)).toBe(false);
});

test("every kind and state of a quote has its words, also without a single line", async () => {
  const nothing = { lines: [], total: null, payBy: null, newTerm: null, alternatives: [], readings: [] };
  const said = async (change: Partial<Quote>, more?: Partial<QuoteDocument>) => (await read(await quotePdf(documentOf(change, more)))).text;
  expect(await said({ ...nothing, status: "refused" })).toContain("Nothing is quoted.");
  expect(await said({ ...nothing, status: "undetermined", missing: [{ what: "agreement", clause: "1" }] })).toContain("Missing (clause 1) agreement");
  expect(await said({ total: null, indicative: chf("6198.63"), status: "discretion" })).toContain(
    "Indicative total: nobody is bound by it CHF 6,198.63",
  );
  expect(await said({ waived: chf("200.00"), total: chf("5998.63") })).toContain(
    "Waived by an approved exception less CHF 200.00 Total CHF 5,998.63",
  );
  expect(await said({ status: "accepted", acceptedPaidOn: "2026-07-02" })).toContain("Paid on 2026-07-02");
  expect(await said({ status: "void", voidedAt: "2026-07-02T08:00:00Z", voidedReason: "twice" })).toContain("Void since 2026-07-02T08:00:00Z: twice");
  expect(await said({ kind: "additional-purchase", deliveredOn: "2026-04-01", reinstateOn: null, payOn: null })).toContain(
    "Quote: additional purchase of support",
  );
  expect(await said({}, { policy: null, contract: null, inWords: () => null })).toContain("ebiexperts-support, version 2025-01-01");
});

test("a notice without effect, and its cure, is left out of an offered renewal; what is overdue is not", async () => {
  const reason = (condition: string, result: "pass" | "fail") => {
    const cure = { says: `mend ${condition}`, clause: "7.6", price: null };
    return { clause: "7.6", condition, result, finding: `${condition} ${result}`, facts: [], cure };
  };
  const reasons: Quote["reasons"] = [
    reason("renewal", "pass"),
    reason("price-notice", "fail"),
    reason("price-cap", "fail"),
    reason("payments-current", "fail"),
  ];
  const { text } = await read(await quotePdf(documentOf({ kind: "renewal", reasons })));
  expect(text).toContain("renewal pass");
  expect(text).toContain("payments-current fail");
  for (const part of ["price-notice", "price-cap"]) expect(text).not.toContain(part);
});

test("two thousand lines: every one is there, with its formula, on numbered pages of which none is cut", async () => {
  const lines = Array.from({ length: 2_000 }, (_, n) => ({ ...backFees, licenseId: `license-${n + 1}` }));
  const { pages, text } = await read(await quotePdf(documentOf({ lines })));
  expect(pages.length).toBeGreaterThan(40);
  const line =
    / (\d+) Fees for the lapse, license-(\d+) 2026-01-01 to 2026-06-30 181 CHF 10,000\.00 CHF 4,958\.90 CHF 10,000\.00 × 181\/365 days \(clause 7\.3\(b\)\)/g;
  expect([...text.matchAll(line)].map(([, n, license]) => [n, license].join())).toEqual(lines.map((_, n) => `${n + 1},${n + 1}`));
  const heads = pages.filter((page) => page.includes("Part and license")).length;
  expect(heads).toBeGreaterThan(pages.length - 2);
  for (const [n, page] of pages.entries()) expect(page.replace(/\s+/g, " ").includes(`page ${n + 1} of ${pages.length}`), `page ${n + 1}`).toBe(true);
});

interface Box {
  text: string;
  left: number;
  right: number;
  bottom: number;
  top: number;
}

/** Where each piece of text stands on its page, in points from the lower left corner. */
async function boxesOf(pdf: Buffer): Promise<Box[][]> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  return Promise.all(
    Array.from({ length: document.numPages }, async (_, n) => {
      const { items } = await (await document.getPage(n + 1)).getTextContent();
      return items.flatMap((item) => {
        if (!("str" in item) || item.str.trim() === "") return [];
        const [, , , size, left, baseline] = item.transform as [number, number, number, number, number, number];
        return [{ text: item.str, left, right: left + item.width, bottom: baseline - size * 0.2, top: baseline + size * 0.75 }];
      });
    }),
  );
}

test("all text stands inside the margins, and none on other text, however long ids and amounts are", async () => {
  const long = { ...backFees, licenseId: "W".repeat(128), basis: chf("10000000000000.00"), amount: chf("10000000000000.00"), days: 365 };
  const reasons = Array.from({ length: 30 }, () => ({ ...quoteOf().reasons[0], finding: "license `l-1` lapsed on 2026-01-01, ".repeat(12) }));
  const document = documentOf(
    {
      lines: Array.from({ length: 60 }, () => [backFees, fee, long]).flat(),
      reasons: reasons as unknown as Quote["reasons"],
      total: chf("10000000000000.00"),
    },
    { account: { name: "Ä".repeat(200), customerNumber: "4".repeat(100) } },
  );
  const pages = await boxesOf(await quotePdf(document));
  expect(pages.length).toBeGreaterThan(8);
  for (const [n, boxes] of pages.entries()) {
    for (const { text, left, right, bottom, top } of boxes) {
      expect(left >= 47.9 && right <= 595.28 - 47.9, `page ${n + 1}: ${text} from ${left} to ${right}`).toBe(true);
      expect(bottom >= 30 && top <= 841.89 - 47.9, `page ${n + 1}: ${text} at ${bottom}`).toBe(true);
    }
    const overlaps = boxes.flatMap((a, place) =>
      boxes
        .slice(place + 1)
        .filter((b) => a.left < b.right - 0.1 && b.left < a.right - 0.1 && a.bottom < b.top - 0.1 && b.bottom < a.top - 0.1)
        .map((b) => `${a.text} | ${b.text}`),
    );
    expect(overlaps, `page ${n + 1}`).toEqual([]);
  }
});

describe("the words of a state", () => {
  const kinds = {
    reinstatement: { newTerm: { firstDay: "2026-07-01", lastDay: "2027-06-30" } },
    "additional-purchase": { deliveredOn: "2026-04-01", reinstateOn: null, payOn: null },
    renewal: { reinstateOn: null, payOn: null },
  } as const;
  const neither = "This is neither an offer nor an invoice: nothing can be accepted by paying it.";
  const over = "This is a quote that can no longer be accepted by paying it. It is not an invoice.";
  const states: [status: Quote["status"], is: string, resumes: string, costs: string][] = [
    ["offered", "This is a quote, not an invoice.", "Support resumes on 2026-07-01, or on the day of payment where that is later", "What it costs"],
    ["accepted", "This is a quote, not an invoice.", "Support resumes on 2026-09-15", "What it costs"],
    ["expired", over, "Support was to resume on 2026-07-01", "What it would have cost"],
    ["void", over, "Support was to resume on 2026-07-01", "What it would have cost"],
    ["discretion", neither, "Support asked for from 2026-07-01", "What it would cost"],
    ["repurchase", neither, "Support asked for from 2026-07-01", "What it would cost"],
    ["refused", neither, "Support asked for from 2026-07-01", "What it would cost"],
    ["undetermined", neither, "Support asked for from 2026-07-01", "What it would cost"],
  ];
  const said = async (change: object) => (await read(await quotePdf(documentOf(change as Partial<Quote>)))).text;

  test.each(states)("%s", async (status, is, resumes, costs) => {
    const acceptedPaidOn = status === "accepted" ? "2026-09-15" : null;
    for (const [kind, its] of Object.entries(kinds)) {
      const text = await said({ kind, status, acceptedPaidOn, ...its });
      expect(text, kind).toContain(is);
      expect(text, kind).toContain(costs);
      expect(text.includes(resumes), kind).toBe(kind === "reinstatement");
      // Only what is open is to be paid, and only what is paid or can be goes on.
      expect(text.includes("To be paid by"), kind).toBe(status === "offered");
      expect(text.includes("resumes"), kind).toBe(kind === "reinstatement" && (status === "offered" || status === "accepted"));
    }
  });
  test("accepted before the day, support resumes on it; asked for before cover ended, on the day after that", async () => {
    expect(await said({ status: "accepted", acceptedPaidOn: "2026-06-20" })).toContain("Support resumes on 2026-07-01 New term");
    expect(await said({ reinstateOn: "2026-06-15" })).toContain("Support resumes on 2026-07-01, or on the day of payment");
  });
  test("lines that cannot be added up say so; a price is said once", async () => {
    expect(await said({ status: "undetermined", total: null })).toContain("Total cannot be told");
    expect(await said({ status: "discretion", total: null, indicative: chf("1.00") })).not.toContain("cannot be told");
    const [reason] = quoteOf().reasons;
    const cure = { says: "bring it back; CHF 6,198.63", clause: null, price: chf("6198.63") };
    const text = await said({ reasons: [{ ...reason, cure }], total: null, alternatives: [] });
    expect(text.match(/CHF 6,198\.63/g)).toHaveLength(1);
  });
});

describe("crater#682: text that means harm is text", () => {
  const payloads: [what: string, text: string, shown: string][] = [
    ["markup", "<script>alert(1)</script>", "<script>alert(1)</script>"],
    ["an operator", ") Tj ET BT (owned) Tj", ") Tj ET BT (owned) Tj"],
    ["a string that ends", "\\) >> endobj 1 0 obj << /JS (app.alert(1)) >>", "\\) >> endobj 1 0 obj << /JS (app.alert(1)) >>"],
    ["the end of the file", "%%EOF trailer << /Root 1 0 R >>", "%%EOF trailer << /Root 1 0 R >>"],
    ["a link", "https://evil.example/?a=b", "https://evil.example/?a=b"],
    ["a link in markup", '<a href="https://evil.example">pay here</a>', '<a href="https://evil.example">pay here</a>'],
    ["markdown", "[pay here](https://evil.example) **now**", "[pay here](https://evil.example) **now**"],
    ["a picture", '<img src="file:///etc/passwd" onerror="alert(1)">', '<img src="file:///etc/passwd" onerror="alert(1)">'],
    ["emoji of several characters", "Acme 👩‍🚀 AG 🇨🇭", "Acme [U+1F469][U+1F680] AG [U+1F1E8][U+1F1ED]"],
    ["three hundred characters", "Wx".repeat(150), "Wx".repeat(150)],
    ["a formula", '=HYPERLINK("http://evil.example")', '=HYPERLINK("http://evil.example")'],
    ["control characters", "a\u0000b\u0007c\u001b[31md\u009be", "a b c [31md e"],
    ["line breaks", "Acme\r\nTotal CHF 0.00\u2028x", "Acme Total CHF 0.00 x"],
    ["a turned reading direction", "\u202e00.0 FHC\u202c \u2066x\u2069 \u200fy\u061cz", "00.0 FHC x yz"],
    ["what cannot be seen", "A\u200bc\u00adm\ufeffe\u2060 \u{e0041}AG", "Acme AG"],
    ["half a surrogate pair", "a\ud800b", "a\ufffdb"],
    ["letters of many languages", "Łódź Grüße Ελληνικά Кириллица", "Łódź Grüße Ελληνικά Кириллица"],
    ["letters put together", "Zu\u0308rich", "Zürich"],
    ["letters that the font does not have", "中文 AG 🦀", "[U+4E2D][U+6587] AG [U+1F980]"],
  ];

  test.each(payloads)("%s", async (_, harm, shown) => {
    const pdf = await quotePdf(
      documentOf(
        { lines: [{ ...backFees, formula: harm }], voidedAt: "2026-07-02T08:00:00Z", voidedReason: harm },
        { account: { name: harm, customerNumber: harm }, policy: { vendor: harm, title: harm } },
      ),
    );
    const { text } = await read(pdf);
    // A text longer than its column is broken into lines.
    const whole = (said: string) => said.replaceAll(" ", "");
    expect(whole(text)).toContain(whole(`Customer ${shown}`));
    expect(whole(text)).toContain(whole(`${shown} (clause 7.3(b))`));
    if (shown.length < 60) expect(text).toContain(`Customer ${shown}`);
    const open = laidOpen(pdf);
    expect(open).toContain("BT");
    // Whatever a reader's program could follow, run, fetch, send or be filled in with.
    expect(open).not.toMatch(
      /\/(?:Annots?|URI|JS|JavaScript|OpenAction|AA|Launch|SubmitForm|GoToR|EmbeddedFiles?|AcroForm|XFA|RichMedia|Filespec)\b/,
    );
    for (const word of ["evil.example", "alert", "owned", "HYPERLINK"]) expect(open).not.toContain(word);
    expect(open.match(/%%EOF/g)).toHaveLength(1);
  });

  test("a text without a space, and one longer than a page, wrap", async () => {
    const { text, pages } = await read(await quotePdf(documentOf({}, { account: { name: "A".repeat(200), customerNumber: "B ".repeat(6_000) } })));
    expect(text.replaceAll(" ", "").includes("A".repeat(200))).toBe(true);
    expect(text.match(/B(?= )/g)).toHaveLength(6_000);
    expect(pages.length).toBeGreaterThan(1);
    for (const [n, page] of pages.entries()) expect(page.includes(`page ${n + 1} of ${pages.length}`)).toBe(true);
  });
});

test.each([
  ["0.25", "25 %"],
  ["0.075", "7.5 %"],
  ["1", "100 %"],
  ["0.5", "50 %"],
  ["0.1000", "10 %"],
  ["0.0001", "0.01 %"],
  ["1.25", "125 %"],
])("%s is %s", (rate, percent) => {
  expect(percentOf(rate)).toBe(percent);
});
