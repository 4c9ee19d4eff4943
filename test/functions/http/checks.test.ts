/** The questions that store nothing: who may be a contact, how grave an incident is, when a case may be closed. */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ebiexperts } from "../../../domain/policies/ebiexperts.ts";
import type { Store } from "../../../functions/store/store.ts";
import { documents, writeExample } from "./example.ts";
import { type Response, type Service, startService } from "./service.ts";

const writing = ["change", "putRecord", "putRecords", "erasePerson"] as const;
const account = "/v1/accounts/acme";
const { contactCheck, severity, closure } = documents;

let service: Service;
/** How often the store was asked to write. */
let writes = 0;
beforeAll(async () => {
  service = await startService((store: Store) => {
    const counted =
      (name: (typeof writing)[number]) =>
      (...given: never[]) => {
        writes += 1;
        return (store[name] as (...given: never[]) => Promise<never>)(...given);
      };
    return { ...store, ...Object.fromEntries(writing.map((name) => [name, counted(name)])) };
  });
  await writeExample(service);
});

const post = (path: string, body: unknown) => service.send("POST", path, body);
const ask = (more: object = {}) => post("/v1/contact-checks", { ...contactCheck, ...more });
const about = (contact: object, more: object = {}) => ask({ ...more, contact: { ...contactCheck.contact, ...contact } });
const record = async (path: string, document: object) => expect((await service.send("PUT", path, document)).status).toBeLessThan(300);
const resultsOf = ({ body }: Response) => body.reasons.map(({ clause, result }: { clause: string; result: string }) => `${clause} ${result}`);
const problem = (status: number, code: string, pointer: string) => ({ status, code, errors: [{ in: "body", pointer }] });

describe("a contact check", () => {
  test("says what is decided, by which clause, on what facts", async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toEqual({
      id: null,
      accountId: "acme",
      outcome: "allowed",
      headline: "Allowed: nothing in the policies of the account's contracts stands against it",
      policies: [{ id: "ebiexperts-support", version: "1" }],
      reasons: [
        expect.objectContaining({ clause: "6.3", condition: "contact-most", result: "pass", facts: [expect.anything()], cure: null }),
        expect.objectContaining({ clause: "6.3", condition: "contact-changes-how", result: "pass" }),
        expect.objectContaining({ clause: "6.5", condition: "contact-customers-own", result: "info" }),
      ],
      missing: [],
      // The last millisecond of that day in Zurich.
      asOf: "2026-03-02T22:59:59.999Z",
      knownAt: expect.any(String),
      decidedAt: new Date(service.clock.now).toISOString().replace(".000Z", "Z"),
      factsDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      engineVersion: expect.any(String),
    });
  });

  test("needs an account and a role; a name is no fact that it stands on", async () => {
    const contact = { role: "technical-contact" };
    const { body } = await post("/v1/contact-checks", { accountId: "acme", contact });
    expect(body).toMatchObject({ outcome: "allowed", asOf: new Date(service.clock.now).toISOString() });
    const text = JSON.stringify((await ask()).body);
    for (const personal of [contactCheck.contact.name, contactCheck.contact.email, contactCheck.contact.phone]) expect(text).not.toContain(personal);
    expect(JSON.stringify(service.log)).not.toContain(contactCheck.contact.name);
  });

  test("takes `null` for absent", async () => {
    const bare = { accountId: "acme", asOf: "2026-03-02", contact: { contactId: "tnew", role: "technical-contact" } };
    const contact = {
      ...bare.contact,
      name: null,
      licenseIds: null,
      premisesIds: null,
      registeredInPortal: null,
      activeFrom: null,
      activeUntil: null,
    };
    const { body } = await post("/v1/contact-checks", { ...bare, contact, actorContactId: null, channel: null, knownAt: null });
    expect({ ...body, decidedAt: null }).toEqual({ ...(await post("/v1/contact-checks", bare)).body, decidedAt: null });
  });

  test("of an account that is not known, or with what will be known", async () => {
    expect((await ask({ accountId: "nobody" })).body).toMatchObject(problem(404, "account-not-found", "/accountId"));
    expect((await ask({ knownAt: "2026-11-23" })).body).toMatchObject(problem(400, "known-at-in-future", "/knownAt"));
    expect((await ask({ knownAt: "2026-11-21" })).body).toMatchObject(problem(404, "account-not-found", "/accountId"));
  });

  test("refuses what could not be recorded: shape before the account, the account before contradictions", async () => {
    const backwards = { activeFrom: "2026-03-02", activeUntil: "2026-03-01" };
    expect((await about(backwards)).body).toMatchObject(problem(422, "facts-contradict", "/contact/activeUntil"));
    expect((await about(backwards, { accountId: "nobody" })).status).toBe(404);
    expect((await about({ ...backwards, role: "boss" }, { accountId: "nobody" })).body).toMatchObject(
      problem(400, "invalid-request", "/contact/role"),
    );
    expect((await about({ activeUntil: "2026-03-02" })).status).toBe(200);
  });

  test("about licenses, premises and actors that are not known is an answer", async () => {
    for (const unknown of [{ licenseIds: ["none"] }, { premisesIds: ["none"] }]) expect((await about(unknown)).status).toBe(200);
    expect((await ask({ actorContactId: "none" })).status).toBe(200);
  });

  test("of an account without a contract, or whose policies say nothing of contacts, says so", async () => {
    await record("/v1/accounts/bare", documents.account);
    expect((await ask({ accountId: "bare" })).body).toMatchObject({
      outcome: "undetermined",
      policies: [],
      missing: [{ what: "contract", clause: "common" }],
    });
    await record("/v1/accounts/bare/contracts/c-1", {
      ...documents.contract,
      policyId: "psigen-support",
      program: "maintenance",
      settings: null,
      lines: [],
    });
    expect((await ask({ accountId: "bare" })).body).toMatchObject({ outcome: "allowed", reasons: [{ clause: "common", result: "info" }] });
  });

  test("asks the policies of all contracts", async () => {
    await record(`${account}/contracts/c-wolfram`, {
      ...documents.contract,
      policyId: "wolfram-enterprise-support",
      program: "premier",
      settings: null,
      lines: [],
    });
    const answered = await about({ role: "regular-contact", registeredInPortal: false });
    expect(answered.body.policies.map(({ id }: { id: string }) => id).sort()).toEqual(["ebiexperts-support", "wolfram-enterprise-support"]);
    expect(answered.body).toMatchObject({ outcome: "refused", headline: expect.stringContaining("(contacts.registration)") });
    const failed = answered.body.reasons.find(({ clause }: { clause: string }) => clause === "contacts.registration");
    expect(failed.cure).toEqual({ says: "register in the portal first", clause: "contacts.registration", price: null });
    const byPhone = await about({ role: "regular-contact" }, { channel: "phone", actorContactId: null });
    expect(byPhone.body).toMatchObject({ outcome: "undetermined", missing: [{ clause: "contacts.updates-how" }] });
    await service.send("DELETE", `${account}/contracts/c-wolfram`);
    expect((await ask({ knownAt: answered.body.knownAt })).body.policies).toHaveLength(2);
  });
});

describe("contact checks at once", () => {
  const seventh = { contactId: "tc-7" };
  const contact = (n: number) => `${account}/contacts/tc-${n}`;
  beforeEach(async () => {
    // With the example's own contact: five.
    for (let n = 1; n <= 4; n++) await record(contact(n), documents.contact);
    await service.send("DELETE", contact(5));
    writes = 0;
  });

  test("only read: none of them sees another, and nothing is written", async () => {
    const factsBefore = (await service.send("GET", `${account}/facts`)).text;
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => about({ contactId: `new-${n}` })));
    expect(answers.map(({ body }) => body.outcome)).toEqual(answers.map(() => "allowed"));
    expect(new Set(answers.map(({ body }) => body.factsDigest)).size).toBe(1);
    expect(writes).toBe(0);
    expect((await service.send("GET", `${account}/facts`)).text).toBe(factsBefore);
    expect(await service.announced()).toEqual([]);
  });

  test("the sixth is allowed until it is recorded, the seventh refused from then on", async () => {
    expect(resultsOf(await about(seventh))).toContain("6.3 pass");
    await record(contact(5), documents.contact);
    const refused = await about(seventh);
    expect(refused.body).toMatchObject({ outcome: "refused", headline: expect.stringContaining("(6.3)") });
    expect((await about({ contactId: "tc-5" })).body.outcome, "who is recorded takes no second place").toBe("allowed");
  });

  test("among writes, each stands on facts of one moment, and is answered the same for that moment", async () => {
    const recording = Array.from({ length: 6 }, (_, n) => [
      () => record(contact(5), documents.contact),
      () => service.send("DELETE", contact(n % 2 === 0 ? 5 : 4)),
      () => record(contact(4), documents.contact),
    ]).flat();
    const given: Response[] = [];
    const asking = Array.from({ length: 30 }, async () => void given.push(await about(seventh)));
    await Promise.all([
      ...asking,
      (async () => {
        for (const write of recording) {
          await write();
          given.push(await about(seventh));
        }
      })(),
    ]);
    expect(new Set(given.map(({ body }) => body.outcome))).toEqual(new Set(["allowed", "refused"]));
    for (const { body } of given) {
      const again = await about(seventh, { knownAt: body.knownAt });
      expect({ ...again.body, decidedAt: null }).toEqual({ ...body, decidedAt: null });
      const { body: facts } = await service.send("GET", `${account}/facts?knownAt=${body.knownAt}`);
      expect(body.outcome).toBe(facts.contacts.length < 6 ? "allowed" : "refused");
    }
  });
});

describe("a severity assessment", () => {
  const assess = (impact: object, more: object = {}) => post("/v1/severity-assessments", { ...severity, ...more, impact });

  test.each([
    ["inoperable in production by the server", severity.impact, "severity-1"],
    ["a major function", { majorFunctionImpacted: true }, "severity-2"],
    ["slow, and business cannot be done", { performanceDegraded: true, businessLoss: true }, "severity-2"],
    ["the cause is not stated", { environment: "production", inoperable: true }, null],
  ])("%s: %j → %s", async (_, impact, expected) => {
    const { status, body } = await assess(impact);
    expect(status).toBe(200);
    expect(body).toMatchObject({ severity: expected, policy: { id: "ebiexperts-support", version: "1" }, engineVersion: expect.any(String) });
    expect(body.reasons.at(-1)).toMatchObject({ clause: "1", condition: "severity", result: expected === null ? "unknown" : "pass" });
    const relied = expected === "severity-2" ? [] : [{ id: "ebx-sev1-causes", chosen: "vendor-side-only" }];
    expect(body.readings).toEqual(relied);
  });

  test("says when it is asked for: a date is the end of that day in the policy's zone", async () => {
    expect((await assess({}, { asOf: "2026-03-02" })).body.asOf).toBe("2026-03-02T22:59:59.999Z");
    expect((await assess({}, { asOf: "2026-03-02", policyId: "essensys-customer-success" })).body.asOf).toBe("2026-03-02T23:59:59.999Z");
    expect((await assess({})).body.asOf).toBe(new Date(service.clock.now).toISOString());
  });

  test.each(["ebiexperts-support", "ensim-support", "essensys-customer-success", "psigen-support", "wolfram-enterprise-support"])(
    "under %s is an answer, whatever is stated, with a ground",
    async (policyId) => {
      const fields = ["inoperable", "serverSideFailure", "majorFunctionImpacted", "performanceDegraded", "question", "newFunction"];
      for (const value of [true, false, null]) {
        const { status, body } = await assess(Object.fromEntries(fields.map((field) => [field, value])), { policyId });
        expect(status).toBe(200);
        expect(body.reasons.length).toBeGreaterThan(0);
      }
    },
  );

  test("by a policy that is not known, or in another shape", async () => {
    expect((await assess({}, { policyId: "none" })).body).toMatchObject(problem(404, "policy-not-found", "/policyId"));
    for (const policyId of ["__proto__", "constructor"]) expect((await assess({}, { policyId })).status).toBe(404);
    expect((await assess({ inoperable: "yes" }, { policyId: "none" })).body).toMatchObject(problem(400, "invalid-request", "/impact/inoperable"));
    expect((await assess({ severe: true })).body).toMatchObject(problem(400, "invalid-request", "/impact/severe"));
    expect((await assess({}, { knownAt: "2026-11-23" })).body).toMatchObject(problem(400, "known-at-in-future", "/knownAt"));
    expect((await post("/v1/severity-assessments", { policyId: severity.policyId })).body).toMatchObject(problem(400, "invalid-request", "/impact"));
  });
});

describe("a case closure check", () => {
  const check = (more: object = {}) => post("/v1/case-closure-checks", { ...closure, ...more });

  test("names the day, and every ground", async () => {
    const answered = await check();
    expect(answered.status).toBe(200);
    expect(answered.body).toMatchObject({
      mayCloseOn: "2026-03-17",
      policy: { id: "ebiexperts-support", version: "1" },
      missing: [],
    });
    expect(answered.body.readings).toContainEqual({ id: "ebx-closure-count", chosen: "last-vendor-message" });
    expect(resultsOf(answered)).toEqual(["4.1(i) info", "4.1(ii) info", "4.1(iii) info", "4.1(iv) info", "4.1(v) pass"]);
  });

  test.each([
    [{ lastVendorMessageAt: "2026-03-02T22:59:59Z" }, "2026-03-17"],
    [{ lastVendorMessageAt: "2026-03-02T23:00:00Z" }, "2026-03-18"],
    [{ lastCustomerMessageAt: "2026-03-16T15:00:00Z" }, null],
    [{ lastCustomerMessageAt: "2026-03-16T15:00:00Z", agreedInWritingOn: "2026-03-20" }, "2026-03-20"],
    [{ workaroundOn: "2026-03-16" }, "2026-03-16"],
    [{ workaroundOn: "2026-03-18" }, "2026-03-17"],
    [{ lastVendorMessageAt: null }, null],
  ])("%j: %s", async (more, expected) => {
    expect((await check(more)).body.mayCloseOn).toBe(expected);
  });

  test("takes `null` for absent, and a case of which nothing but its opening is known", async () => {
    const nulls = Object.fromEntries(
      ["firstUnansweredAt", "agreedInWritingOn", "updateProvidedOn", "workaroundOn", "customerAskedToCloseOn", "knownAt"].map((field) => [
        field,
        null,
      ]),
    );
    const asOf = "2026-03-20";
    expect((await check({ ...nulls, asOf })).body).toEqual((await check({ asOf })).body);
    const { policyId, openedAt } = closure;
    expect((await post("/v1/case-closure-checks", { policyId, openedAt })).body).toMatchObject({ mayCloseOn: null });
    expect((await post("/v1/case-closure-checks", { policyId })).body).toMatchObject(problem(400, "invalid-request", "/openedAt"));
  });

  test("by a policy that does not say it is an answer, by one that is not known it is not", async () => {
    expect((await check({ policyId: "wolfram-enterprise-support" })).body).toMatchObject({ mayCloseOn: null, reasons: [{ result: "unknown" }] });
    expect((await check({ policyId: "none" })).body).toMatchObject(problem(404, "policy-not-found", "/policyId"));
  });

  test("with messages before the case was opened is refused, after the policy was found", async () => {
    const early = { lastVendorMessageAt: "2026-03-02T07:29:59Z" };
    expect((await check(early)).body).toMatchObject(problem(422, "message-before-opening", "/lastVendorMessageAt"));
    expect((await check({ ...early, policyId: "none" })).status).toBe(404);
  });
});

describe("at the ends of time", () => {
  const ends = ["1000-01-01T00:00:00Z", "9000-12-31T23:59:59.999Z"];
  // The end of the very last day lies in the year 9001 where the policy's zone is behind UTC.
  const days = ["1000-01-01", "9000-12-30"];

  test.each([...ends, ...days])("asked for %s", async (asOf) => {
    const asked = [
      ask({ asOf }),
      post("/v1/severity-assessments", { ...severity, asOf }),
      post("/v1/case-closure-checks", { ...closure, asOf }),
      post("/v1/severity-assessments", { ...severity, asOf, policyId: "wolfram-enterprise-support" }),
    ];
    for (const { status, text } of await Promise.all(asked)) expect(status, text).toBe(200);
  });

  test.each(ends)("a message of %s", async (at) => {
    const { status, text } = await post("/v1/case-closure-checks", { policyId: closure.policyId, openedAt: ends[0], lastVendorMessageAt: at });
    expect(status, text).toBe(200);
  });

  test.each(days)("a contact of %s", async (day) => {
    const { status, text } = await about({ activeFrom: day, activeUntil: day });
    expect(status, text).toBe(200);
  });
});

test("a contact may be for twenty thousand licenses, and not one more", async () => {
  const licenseIds = Array.from({ length: 20_000 }, (_, n) => `l-${n}`);
  expect((await about({ licenseIds })).status).toBe(200);
  expect((await about({ licenseIds: [...licenseIds, "l-x"] })).body).toMatchObject(problem(400, "invalid-request", "/contact/licenseIds"));
});

describe("an operator's own policy", () => {
  const versions = [
    { version: "1", effectiveFrom: null },
    { version: "2", effectiveFrom: "2026-03-02" },
  ];
  beforeAll(async () => {
    // A day before, so that `knownAt` can be asked for.
    service.clock.now += 86_400_000;
    const writes = versions.map((version) => ({
      path: `policies/own/${version.version}`,
      value: { policy: { ...ebiexperts, id: "own", ...version } },
    }));
    await service.store.change("catalog", { operationId: "own-policy", by: "operator", decide: () => ({ writes, answer: null }) });
  });

  test.each([
    ["2026-03-01", "1"],
    ["2026-03-01T22:59:59.999Z", "1"],
    ["2026-03-01T23:00:00Z", "2"],
    ["2026-03-02", "2"],
  ])("is asked at %s in the version of that day in its own zone: %s", async (asOf, version) => {
    for (const [path, body] of [
      ["/v1/severity-assessments", severity],
      ["/v1/case-closure-checks", closure],
    ] as const)
      expect((await post(path, { ...body, policyId: "own", asOf })).body.policy).toEqual({ id: "own", version });
  });

  test("is not known before it was recorded", async () => {
    const before = { policyId: "own", knownAt: "2026-11-22" };
    for (const [path, body] of [
      ["/v1/severity-assessments", severity],
      ["/v1/case-closure-checks", closure],
    ] as const) {
      expect((await post(path, { ...body, ...before })).body).toMatchObject(problem(404, "policy-not-found", "/policyId"));
      const { status, body: answered } = await post(path, { ...body, policyId: "own" });
      expect(status).toBe(200);
      expect((await post(path, { ...body, policyId: "own", asOf: answered.asOf, knownAt: answered.knownAt })).body).toEqual(answered);
    }
  });
});
