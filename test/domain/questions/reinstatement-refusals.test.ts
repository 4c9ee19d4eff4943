/** Why a reinstatement cannot be quoted, with the licenses that stand against it. */
import { describe, expect, test } from "vitest";
import type { Dossier, HeldContract } from "../../../domain/facts.ts";
import { quoteReinstatement } from "../../../domain/questions/reinstatement.ts";
import { chf, contract, license, product } from "../conditions/asked.ts";
import { asOf, type PolicyText } from "./asked.ts";
import { ending, listPrice, seller, sold } from "./quotable.ts";

type Clause = NonNullable<PolicyText["clauses"]>[number];
type Group = "product-line" | "deployment" | "bundle";

const whole = (group: Group, more: object = {}): Clause => ({
  id: `8.${group}`,
  says: group,
  conditions: [{ condition: "whole-coverage", group, of: ["perpetual"], otherwise: "fail", ...more }],
});

interface Asked {
  licenseIds?: string[] | undefined;
  dossier: Partial<Dossier>;
  clauses?: Clause[];
  reinstateOn?: string;
}

const products = [product("p-1"), product("p-2", { productLine: "reports" })];
const quote = ({ licenseIds, dossier, clauses = [], reinstateOn = "2027-03-01" }: Asked) =>
  quoteReinstatement(
    sold({ policy: seller({}, clauses), dossier, catalog: { ...listPrice, products } }),
    { contractId: "c-1", reinstateOn, ...(licenseIds === undefined ? {} : { licenseIds }) },
    asOf("2027-01-15"),
  );
const lapsed = (licenses: [string, object?][], known: Partial<HeldContract> = ending): Partial<Dossier> => ({
  licenses: licenses.map(([id, about]) => license(id, about)),
  contracts: [
    {
      ...contract(
        "c-1",
        licenses.map(([id]) => id),
      ),
      ...known,
    },
  ],
});
const refusal = (clause: string, finding: string, ids: string[], says: string | null = null) => ({
  clause,
  condition: "reinstatement",
  result: "fail",
  finding,
  facts: ids.map((id) => ({ path: `licenses/${id}`, value: null })),
  cure: says === null ? null : { says, clause, price: null },
});
const ids = (n: number, from = 1) => Array.from({ length: n }, (_, index) => `l-${String(index + from).padStart(2, "0")}`);

test("a group made of what support is sold for is not incomplete for want of anything else", () => {
  const beside = (kind: "software" | "extension", more: object = { products: ["software"] }) =>
    quoteReinstatement(
      sold({
        policy: seller({}, [whole("product-line", more)]),
        dossier: { ...lapsed([["l-1"]]), licenses: [license("l-1"), license("l-2", { productId: "p-3" })] },
        catalog: { ...listPrice, products: [...products, product("p-3", { kind })] },
      }),
      { contractId: "c-1", reinstateOn: "2027-03-01" },
      asOf("2027-01-15"),
    ).status;
  expect([beside("software"), beside("extension"), beside("extension", {})]).toEqual(["refused", "offered", "refused"]);
});

describe("nothing lapsed", () => {
  test("each line says why, the first ten of them", () => {
    const dossier = lapsed([["l-1"], ["l-2", { kind: "subscription" }]], {});
    expect(quote({ dossier }).reasons).toEqual([
      refusal("7.3", "contract `c-1` has nothing that lapsed: license `l-1` renews by itself; license `l-2` is of kind subscription", []),
    ]);
    const eleven = quote({
      dossier: lapsed(
        ids(11).map((id) => [id]),
        {},
      ),
    }).reasons[0].finding;
    expect([eleven.includes("l-10"), eleven.includes("l-11")]).toEqual([true, false]);
  });
  test("on a contract without a line", () => {
    expect(quote({ dossier: { contracts: [contract("c-1", [], ending)] } }).reasons).toEqual([
      refusal("7.3", "contract `c-1` has nothing that lapsed", []),
    ]);
  });
});

describe("a license that is named and has no lapse", () => {
  const dossier = lapsed([["l-1"], ["l-2", { kind: "subscription" }], ["l-3", { retiredOn: "2027-02-01" }]]);
  test("is refused by name, and only it", () => {
    const answer = quote({ licenseIds: ["l-1", "l-2", "l-3"], dossier });
    expect(answer).toMatchObject({ status: "refused", lines: [], missing: [] });
    expect(answer.reasons).toEqual([
      refusal("7.3", "nothing to bring back: license `l-2` is of kind subscription; license `l-3` is not held on 2027-03-01", ["l-2", "l-3"]),
    ]);
  });
  test("is left out where none was named", () => {
    const answer = quote({ dossier });
    expect([answer.status, answer.total]).toEqual(["offered", chf("2077.05")]);
    expect(quote({ licenseIds: ["l-1"], dossier }).total).toEqual(chf("2077.05"));
  });
  test("ten are named, fifty are listed", () => {
    const many = ids(51);
    const [reason] = quote({
      licenseIds: many,
      dossier: lapsed(
        many.map((id) => [id]),
        {},
      ),
    }).reasons;
    expect(reason.facts).toHaveLength(50);
    expect([reason.finding.includes("`l-10`"), reason.finding.includes("`l-11`")]).toEqual([true, false]);
  });
});

describe("a selection that leaves a group incomplete", () => {
  const line = [whole("product-line")];
  const two = lapsed([["l-1"], ["l-2"]]);

  test("names the rest and what to do", () => {
    expect(quote({ licenseIds: ["l-1"], dossier: two, clauses: line }).reasons).toEqual([
      refusal("8.product-line", "the selection leaves the product line incomplete: l-2", ["l-2"], "name l-2 as well"),
    ]);
    expect(quote({ licenseIds: ["l-1", "l-2"], dossier: two, clauses: line }).status).toBe("offered");
    expect(quote({ dossier: two, clauses: line }).status).toBe("offered");
    expect(quote({ licenseIds: ["l-1"], dossier: two }).status).toBe("offered");
  });
  test("is one of its own product line", () => {
    const apart = lapsed([["l-1"], ["l-2", { productId: "p-2" }], ["l-3", { productId: "p-3" }]]);
    expect(quote({ licenseIds: ["l-1"], dossier: apart, clauses: line }).status).toBe("offered");
    // Of a product that is not recorded nobody knows the line: it belongs with none.
    expect(quote({ licenseIds: ["l-3"], dossier: apart, clauses: line }).status).toBe("offered");
    const strange = lapsed([
      ["l-1", { productId: "p-8" }],
      ["l-2", { productId: "p-9" }],
    ]);
    expect(quote({ licenseIds: ["l-1"], dossier: strange, clauses: line }).status).toBe("offered");
  });
  test("of a license that is not recorded belongs with none", () => {
    const dossier = { ...two, licenses: [license("l-1")] };
    expect(quote({ licenseIds: ["l-1"], dossier, clauses: line }).status).toBe("offered");
    expect(quote({ licenseIds: ["l-2"], dossier, clauses: line }).status).toBe("offered");
  });
  test.each(["deployment", "bundle"] as const)("of a %s", (group) => {
    const key = `${group}Id`;
    const dossier = lapsed([["l-1", { [key]: "x" }], ["l-2", { [key]: "x" }], ["l-3", { [key]: "y" }], ["l-4"]]);
    const refused = (licenseIds: string[]) => quote({ licenseIds, dossier, clauses: [whole(group)] }).reasons[0].finding;
    expect(refused(["l-1"])).toBe(`the selection leaves the ${group} incomplete: l-2`);
    expect(quote({ licenseIds: ["l-3"], dossier, clauses: [whole(group)] }).status).toBe("offered");
    // Licenses that are in none are in no group together.
    expect(quote({ licenseIds: ["l-4"], dossier, clauses: [whole(group)] }).status).toBe("offered");
  });
  test("for each clause that says so, where its reading holds", () => {
    const dossier = lapsed([
      ["l-1", { bundleId: "x" }],
      ["l-2", { bundleId: "x" }],
    ]);
    const clauses = [
      whole("product-line", { when: { reading: "early", is: "assessed" } }),
      whole("bundle"),
      { ...whole("deployment", { when: { reading: "early", is: "waived" } }) },
      { ...whole("product-line", { when: { reading: "early", is: "waived" } }), id: "9" },
    ];
    expect(quote({ licenseIds: ["l-1"], dossier, clauses }).reasons.map(({ clause }) => clause)).toEqual(["8.product-line", "8.bundle"]);
  });
  test("ten are named", () => {
    const many = ids(12);
    const [reason] = quote({ licenseIds: ["l-01"], dossier: lapsed(many.map((id) => [id])), clauses: line }).reasons;
    expect(reason.finding).toBe(`the selection leaves the product line incomplete: ${ids(10, 2).join(", ")}`);
    expect(reason.cure?.says).toBe(`name ${ids(10, 2).join(", ")} as well`);
    expect(reason.facts).toHaveLength(11);
  });
  test("is complete where the rest is covered under another contract by then", () => {
    const contracts = [
      contract("c-1", ["l-1", "l-2"], ending),
      contract("c-2", ["l-2"], { term: { firstDay: "2027-02-15", lastDay: "2028-02-14" } }),
    ];
    expect(quote({ licenseIds: ["l-1"], dossier: { ...two, contracts }, clauses: line }).status).toBe("offered");
  });
  test("asked for before cover ends: by the day on which it begins anew", () => {
    const notice = { noticeId: "n-1", contractId: "c-1", kind: "non-renewal" as const, form: "email" as const, receivedOn: "2026-11-16" };
    const dossier = { licenses: [license("l-1"), license("l-2")], contracts: [contract("c-1", ["l-1", "l-2"])], notices: [notice] };
    const early = { dossier, clauses: line, reinstateOn: "2026-12-15" };
    expect(quote({ ...early, licenseIds: ["l-1"] }).reasons[0].finding).toBe("the selection leaves the product line incomplete: l-2");
    expect(quote(early).status).toBe("offered");
  });
});

describe("a group that would be left incomplete by licenses that are not on the contract", () => {
  const line = [whole("product-line")];
  const held = (more: object = {}, contracts: Dossier["contracts"] = []) => ({
    licenses: [license("l-1"), license("l-2", more)],
    contracts: [contract("c-1", ["l-1"], ending), ...contracts],
  });
  const never = "cover l-2, which has no support to bring back, or record when it was retired";

  test("never covered: it has to be covered first", () => {
    expect(quote({ dossier: held(), clauses: line }).reasons).toEqual([
      refusal("8.product-line", "it would leave the product line incomplete: l-2", ["l-2"], never),
    ]);
    expect(quote({ dossier: held(), clauses: [whole("product-line"), whole("bundle")] }).reasons).toHaveLength(1);
    expect(quote({ dossier: held() }).status).toBe("offered");
  });
  test.each<[string, object]>([
    ["of another product line", { productId: "p-2" }],
    ["delivered only the day after", { deliveredOn: "2027-03-02" }],
    ["retired on that day", { retiredOn: "2027-03-01" }],
    ["of a kind that the clause does not ask for", { kind: "freeware" }],
  ])("not one %s", (_, more) => expect(quote({ dossier: held(more), clauses: line }).status).toBe("offered"));
  test("a subscription that ran out stands against its deployment", () => {
    const clauses = [whole("deployment", { of: ["perpetual", "subscription"] })];
    const of = (termLastDay: string) => {
      const dossier = held({ kind: "subscription", deploymentId: "x", termLastDay });
      return quote({ dossier: { ...dossier, licenses: [license("l-1", { deploymentId: "x" }), ...dossier.licenses.slice(1)] }, clauses }).status;
    };
    expect([of("2027-02-28"), of("2027-03-01")]).toEqual(["refused", "offered"]);
  });
  test("covered from that day on, it is complete", () => {
    const from = (firstDay: string) =>
      quote({ dossier: held({}, [contract("c-2", ["l-2"], { term: { firstDay, lastDay: "2028-02-29" } })]), clauses: line });
    expect(from("2027-03-01").status).toBe("offered");
  });
  test("lapsed under another contract: offered, with the other quote to ask for; each of the two, so that one can be the first", () => {
    const dossier = held({}, [contract("c-2", ["l-2"], ending)]);
    const first = quote({ dossier, clauses: line });
    expect(first.status).toBe("offered");
    expect(first.reasons).toContainEqual({
      ...refusal(
        "8.product-line",
        "the product line stays incomplete until l-2 is back too, which lapsed under `c-2`",
        ["l-2"],
        "quote `c-2` as well",
      ),
      result: "info",
    });
    const other = { ...dossier, contracts: [contract("c-1", ["l-2"], ending), contract("c-2", ["l-1"], ending)] };
    expect(quote({ dossier: other, clauses: line }).status).toBe("offered");
    expect(quote({ dossier }).reasons.some(({ condition }) => condition === "reinstatement")).toBe(false);
  });
});
