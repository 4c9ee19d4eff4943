/** Files of all kinds: what is read, what is refused as a whole and what row by row, and in which words. */
import { beforeAll, describe, expect, test } from "vitest";
import { type Service, startService } from "../http/service.ts";
import { type Cells, commit, csv, factsOf, line, preview, rowsOf } from "./files.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});

const utf16 = (text: string, bom: string) => new Uint8Array(Buffer.from(bom + text, "utf16le"));
const plain = csv([line]);

describe("is read", () => {
  test.each<[what: string, file: string | Uint8Array]>([
    ["commas", plain],
    ["semicolons", csv([line], { delimiter: ";" })],
    ["tabs", csv([line], { delimiter: "\t" })],
    ["a byte order mark", `\ufeff${plain}`],
    ["CRLF", csv([line], { end: "\r\n" })],
    ["no line break at the end", plain.trimEnd()],
    [
      "every cell quoted",
      plain
        .trimEnd()
        .split("\n")
        .map((row) =>
          row
            .split(",")
            .map((cell) => `"${cell}"`)
            .join(","),
        )
        .join("\n"),
    ],
    ["empty rows, as spreadsheets leave them", `${plain}\n${",".repeat(14)}\n\n`],
    ["columns in another order", csv([line], { columns: Object.keys(line).reverse() })],
    ["names of columns in another case", plain.replace("accountId", "ACCOUNT ID").replace("annualFee", "Annual_Fee__c")],
  ])("%s", async (_, file) => {
    expect(await preview(service, file)).toMatchObject({ status: "previewed", counts: { created: 1, rejected: 0 }, problem: null });
  });

  test("Salesforce's names", async () => {
    const renamed: Record<string, string> = {
      accountId: "Account.Id",
      accountName: "Account.Name",
      contractId: "ContractNumber",
      currency: "CurrencyIsoCode",
      termFirstDay: "StartDate",
      termLastDay: "EndDate",
      licenseId: "Asset.SerialNumber",
      productId: "Product2.ProductCode",
      seats: "Quantity",
      policyId: "Policy_Id__c",
    };
    const row: Cells = Object.fromEntries(Object.entries(line).map(([name, cell]) => [renamed[name] ?? name, cell]));
    const seen = await preview(service, csv([{ ...row, Quantity: "10.00", "Account.Id": "0015g00000Xyz12AAB" }]));
    expect(seen.counts).toMatchObject({ created: 1 });
    await commit(service, seen.id);
    const { account, licenses } = await factsOf(service, "0015g00000Xyz12AAB");
    expect([account.name, licenses[0].licenseId, licenses[0].seats]).toEqual(["Acme AG", "l-1", 10]);
  });

  test("quoted commas, quotes and line breaks, wherever the bytes are cut, with the line that a row begins on", async () => {
    const name = 'Müller, Söhne "& Co"\nZürich 🏔';
    const file = csv([
      { ...line, accountId: "mueller", accountName: name },
      { ...line, accountId: "next", seats: "x" },
    ]);
    const seen = await preview(service, file);
    // The name has a line break, so the second row begins on line 4.
    expect(await rowsOf(service, seen.id)).toMatchObject([
      { line: 2, outcome: "created" },
      { line: 4, outcome: "rejected" },
    ]);
    await commit(service, seen.id);
    expect((await factsOf(service, "mueller")).account.name).toBe(name);
  });

  test("a seller that is a reseller, currencies without and with three minor digits", async () => {
    const seen = await preview(
      service,
      csv([
        { ...line, accountId: "yen", soldBy: "reseller: Partner GmbH", currency: "JPY", annualFee: "120000" },
        { ...line, accountId: "dinar", currency: "KWD", annualFee: "120.500" },
      ]),
    );
    await commit(service, seen.id);
    const [yen, dinar] = await Promise.all(["yen", "dinar"].map((id) => factsOf(service, id)));
    expect(yen.contracts[0]).toMatchObject({ soldBy: { reseller: "Partner GmbH" }, lines: [{ annualFee: { amount: "120000", currency: "JPY" } }] });
    expect(dinar.contracts[0].lines[0].annualFee).toEqual({ amount: "120.500", currency: "KWD" });
  });

  test("text that an export kept from being a formula is the text again; an apostrophe of its own stays", async () => {
    const rows = [
      { ...line, accountId: "formula", accountName: "'=cmd|' /C calc'!A0" },
      { ...line, accountId: "apostrophe", accountName: "'s-Hertogenbosch" },
    ];
    await commit(service, (await preview(service, csv(rows))).id);
    expect((await factsOf(service, "formula")).account.name).toBe("=cmd|' /C calc'!A0");
    expect((await factsOf(service, "apostrophe")).account.name).toBe("'s-Hertogenbosch");
  });

  test("a file with nothing but names of columns", async () => {
    expect(await preview(service, csv([], { columns: Object.keys(line) }))).toMatchObject({ status: "previewed", progress: { rowsTotal: 0 } });
  });
});

describe("is refused as a whole", () => {
  const { policyId: _, annualFee: __, ...without } = line;
  test.each<[what: string, file: string | Uint8Array, code: string, detail: RegExp]>([
    ["nothing", "", "empty-file", /the file is empty/],
    ["blank lines", "\n\n", "empty-file", /the file is empty/],
    ["an unknown column", csv([{ ...line, discount: "5" }]), "unknown-column", /^no such column: `discount`; expected some of `accountId`/],
    ["__proto__ as a column", plain.replace("accountName", "__proto__"), "unknown-column", /`__proto__`/],
    ["constructor as a column", plain.replace("accountName", "constructor"), "unknown-column", /`constructor`/],
    ["one column twice", plain.replace("accountName", "AccountId"), "doubled-column", /`accountId` and `AccountId`, which both mean `accountId`/],
    ["missing columns", csv([without]), "missing-column", /^columns are missing: `policyId`, `annualFee`$/],
    ["UTF-16 with its mark", utf16(plain, "\ufeff"), "not-utf-8", /UTF-16: save it as `CSV UTF-8`/],
    ["a workbook", Buffer.from("504b030414000600", "hex"), "not-utf-8", /this is a workbook: save it as `CSV UTF-8`/],
    ["UTF-16 without", utf16(plain, ""), "not-utf-8", /UTF-16/],
    ["Windows-1252", new Uint8Array(Buffer.from(csv([line, { ...line, accountName: "Müller" }]), "latin1")), "not-utf-8", /on or near line 3:/],
    ["an image", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), "not-utf-8", /not UTF-8/],
    [
      "a quote that is never closed",
      plain.replace("Acme AG", '"Acme AG'),
      "malformed-csv",
      /begins on line 2 cannot be read: a quote is never closed/,
    ],
    ["a quote inside of a cell", plain.replace("Acme AG", 'Acme "AG"'), "malformed-csv", /begins on line 2.*quote the cell/],
    ["text behind a quote", plain.replace("Acme AG", '"Acme" AG'), "malformed-csv", /begins on line 2.*follows a closing quote/],
    ["a cell of ten megabytes", plain.replace("Acme AG", "x".repeat(10_000_000)), "malformed-csv", /begins on line 2.*longer than 1048576 bytes/],
    ["a header without an end", "x".repeat(200_000), "unknown-column", /no such column/],
    ["JSON", JSON.stringify([line]), "malformed-csv", /begins on line 1/],
  ])("%s", async (_, file, code, detail) => {
    const seen = await preview(service, file);
    expect(seen).toMatchObject({ status: "failed", problem: { code, detail: expect.stringMatching(detail) } });
    expect(seen.problem.detail.length).toBeLessThan(800);
    expect((await service.send("POST", `/v1/imports/${seen.id}/commit`)).body.code).toBe("import-not-previewed");
  });
});

describe("is rejected row by row", () => {
  const longAgo = "must be a date that exists, YYYY-MM-DD, in the years 1000 to 9000, got";
  test.each<[what: string, cells: Cells, column: string, detail: RegExp | string]>([
    [
      "a date of day and month",
      { deliveredOn: "03/04/2026" },
      "deliveredOn",
      `${longAgo} \`03/04/2026\`: another order of day, month and year is never guessed`,
    ],
    ["a date with points", { termFirstDay: "01.01.2026" }, "termFirstDay", /never guessed/],
    ["a date with a time", { termFirstDay: "2026-01-01T00:00:00.000Z" }, "termFirstDay", /never guessed/],
    ["a day that is none", { deliveredOn: "2025-02-30" }, "deliveredOn", /got `2025-02-30`/],
    ["a date of a spreadsheet", { deliveredOn: "45658" }, "deliveredOn", /got `45658`/],
    ["a date with a space", { deliveredOn: " 2025-01-01" }, "deliveredOn", /got ` 2025-01-01`/],
    ["money without minor digits", { annualFee: "1000" }, "annualFee", /exactly the currency's minor digits.*got `1000`/],
    ["money with too many", { annualFee: "1000.000" }, "annualFee", /minor digits/],
    ["money with a comma", { annualFee: "1000,00" }, "annualFee", /minor digits/],
    ["money in thousands", { annualFee: "1,000.00" }, "annualFee", /minor digits/],
    ["money in Swiss thousands", { annualFee: "1'000.00" }, "annualFee", /minor digits/],
    ["money with a sign", { annualFee: "-1.00" }, "annualFee", /minor digits/],
    ["money with its currency", { annualFee: "CHF 1000.00" }, "annualFee", /minor digits/],
    ["no money", { annualFee: "" }, "annualFee", "is missing"],
    ["yen with minor digits", { currency: "JPY" }, "annualFee", /minor digits/],
    ["no currency", { currency: "chf" }, "currency", /ISO 4217 currency code, got `chf`/],
    ["seats that are none", { seats: "0" }, "seats", /at least `1`.*got `0`/],
    ["fewer seats than none", { seats: "-1" }, "seats", "must be at least `1`, got `-1`"],
    ["seats in thousands", { seats: "1.000" }, "seats", "expected a whole number, got `1.000`"],
    ["half a seat", { seats: "1.5" }, "seats", /whole number, got `1.5`/],
    ["another kind", { licenseKind: "rental" }, "licenseKind", /expected one of `perpetual`.*got `rental`/],
    ["a seller in other words", { soldBy: "Partner GmbH" }, "soldBy", "must be `direct`, or `reseller:` and a name, got `Partner GmbH`"],
    ["a reseller without a name", { soldBy: "reseller:" }, "soldBy", /must not be empty/],
    ["a policy that there is not", { policyId: "nobodys-support" }, "policyId", /no policy `nobodys-support`/],
    [
      "a policy that there is not, which is named once",
      { policyId: "nobodys-support" },
      "policyId",
      /^no policy `nobodys-support`; there are (?!.*nobodys)/,
    ],
    ["a program that the policy has not", { program: "platinum" }, "program", /has no program `platinum`/],
    ["a term that ends before it begins", { termLastDay: "2025-12-31" }, "termLastDay", /2025-12-31, before `firstDay`, 2026-01-01/],
    ["an anchor after the term", { anchorOn: "2026-02-01" }, "anchorOn", /the anchor is the first day/],
    ["cover that ends before it begins", { coveredFrom: "2026-06-01", coveredUntil: "2026-05-31" }, "coveredUntil", /before `coveredFrom`/],
    ["no account", { accountId: "" }, "accountId", "is missing"],
    ["an id with a space", { licenseId: "SN 1" }, "licenseId", /characters A–Z.*got `SN 1`/],
    ["an id that is too long", { contractId: "c".repeat(129) }, "contractId", /1 to 128/],
    ["NUL in a name", { accountName: "Acme\u0000" }, "accountName", /without NUL/],
    ["no name, where the account is new", { accountName: "" }, "accountName", "is missing"],
    ["a name that is too long", { accountName: "x".repeat(201) }, "accountName", /at most 200 characters/],
  ])("%s", async (_, cells, column, detail) => {
    const seen = await preview(service, csv([{ ...line, accountId: "fresh", ...cells }]));
    expect(seen).toMatchObject({ status: "previewed", counts: { created: 0, rejected: 1 } });
    const [row] = await rowsOf(service, seen.id, "&outcome=rejected");
    const found = row.reasons.find((reason: { column: string }) => reason.column === column);
    expect(found?.detail, JSON.stringify(row.reasons)).toEqual(typeof detail === "string" ? detail : expect.stringMatching(detail));
  });

  test("a row with a cell too many, or too few", async () => {
    const seen = await preview(
      service,
      `${plain.trimEnd()},1\n${csv([{ ...line, accountId: "beta" }])
        .split("\n")[1]
        ?.slice(0, -8)}\n`,
    );
    expect(await rowsOf(service, seen.id)).toMatchObject([
      { line: 2, outcome: "rejected", reasons: [{ column: null, detail: "the row has 16 cells, expected 15: is a cell not quoted?" }] },
      { line: 3, outcome: "rejected", reasons: [{ column: null, detail: "the row has 14 cells, expected 15: is a cell not quoted?" }] },
    ]);
  });

  test("rows that contradict each other: of the contract, the license, the account; and one that is there twice", async () => {
    const reasonsOf = async (...rows: Cells[]) => {
      const seen = await preview(service, csv(rows.map((cells) => ({ ...line, accountId: "fresh", ...cells }))));
      return (await rowsOf(service, seen.id)).map(({ line, reasons }) => [line, ...reasons.map(({ detail }: { detail: string }) => detail)]);
    };
    const program = "line 2 says `enterprise` of contract `c-1` and line 3 says `premium` of contract `c-1`: let all say the same";
    expect(await reasonsOf({}, { licenseId: "l-2", program: "premium" })).toEqual([
      [2, program.replace("says `premium` of contract `c-1`", "says `premium`")],
      [3, program.replace("says `premium` of contract `c-1`", "says `premium`")],
    ]);
    expect((await reasonsOf({}, { contractId: "c-2", seats: "11" })).map(([, detail]) => detail)).toEqual([
      "line 2 says `10` of license `l-1` and line 3 says `11`: let all say the same",
      "line 2 says `10` of license `l-1` and line 3 says `11`: let all say the same",
    ]);
    expect((await reasonsOf({}, { licenseId: "l-2", accountName: "Acme" }))[0]?.[1]).toBe(
      "line 2 says `Acme AG` of the account and line 3 says `Acme`: let all say the same",
    );
    expect((await reasonsOf({}, {})).map(([, detail]) => detail)).toEqual([
      "lines 2 and 3 have the same license under the same contract: leave one out",
      "lines 2 and 3 have the same license under the same contract: leave one out",
    ]);
  });
});

test("nothing of a refused file or a rejected row was written", async () => {
  expect(await factsOf(service, "fresh")).toBeNull();
});
