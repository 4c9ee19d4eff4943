/** Every path and method that the contract names is there, and no other method is: 405 with what the path takes. */
import { beforeAll, expect, test } from "vitest";
import { routes, type Service } from "../functions/http/service.ts";
import { startWithAcme } from "./written.ts";

let service: Service;
beforeAll(async () => {
  service = await startWithAcme();
});

/** As the contract writes them; ids stand for the braces. */
const named: Record<string, string> = {
  "/v1/products/p": "GET PUT",
  "/v1/accounts/a": "GET PUT",
  "/v1/accounts/a/licenses/x": "GET PUT",
  "/v1/accounts/a/premises/x": "GET PUT",
  "/v1/accounts/a/contracts/x": "GET PUT",
  "/v1/accounts/a/contacts/x": "GET PUT",
  "/v1/accounts/a/invoices/x": "GET PUT",
  "/v1/price-lists/x": "GET PUT",
  "/v1/accounts/a/contracts/x/lines/l": "PUT",
  "/v1/accounts/a/invoices/x/payments/p": "PUT",
  "/v1/accounts": "GET",
  "/v1/accounts/a/licenses": "GET",
  "/v1/accounts/a/contracts": "GET",
  "/v1/accounts/a/contacts": "GET",
  "/v1/accounts/a/invoices": "GET",
  "/v1/accounts/a/premises": "GET",
  "/v1/accounts/a/notices": "GET",
  "/v1/accounts/a/quotes": "GET",
  "/v1/accounts/a/decisions": "GET",
  "/v1/decisions": "GET",
  "/v1/accounts/a/facts": "GET",
  "/v1/entitlement-checks": "POST",
  "/v1/entitlement-checks/preview": "POST",
  "/v1/entitlement-checks/batch": "POST",
  "/v1/decisions/x": "GET",
  "/v1/decisions/x/replay": "POST",
  "/v1/accounts/a/standing": "GET",
  "/v1/accounts/a/contracts/c/renewal": "GET",
  "/v1/accounts/a/contracts/c/notices": "POST",
  "/v1/accounts/a/contracts/c/notices/preview": "POST",
  "/v1/accounts/a/contracts/c/notices/n/withdraw": "POST",
  "/v1/quotes": "POST",
  "/v1/quotes/preview": "POST",
  "/v1/quotes/x": "GET",
  "/v1/quotes/x.pdf": "GET",
  "/v1/quotes/x/accept": "POST",
  "/v1/quotes/x/void": "POST",
  "/v1/contact-checks": "POST",
  "/v1/severity-assessments": "POST",
  "/v1/case-closure-checks": "POST",
  "/v1/deadlines": "GET",
  "/v1/deadlines.csv": "GET",
  "/v1/deadlines.ics": "GET",
  "/v1/policies": "GET",
  "/v1/policies/x": "GET",
  "/v1/policies/x/versions/v": "GET PUT",
  "/v1/imports": "POST",
  "/v1/imports/x": "GET",
  "/v1/imports/x/rows": "GET",
  "/v1/imports/x/commit": "POST",
  "/v1/imports/x/revert": "POST",
  "/v1/exports/contracts.csv": "GET",
  "/v1/exports/renewals.csv": "GET",
  "/v1/exports/decisions.csv": "GET",
  "/v1/exports/quotes.csv": "GET",
  "/v1/exceptions": "POST",
  "/v1/events": "GET",
  "/v1/sweeps": "POST",
  "/v1/health": "GET",
  "/v1/openapi.json": "GET",
  "/docs": "GET",
};
/** Facts that a `DELETE` takes back: a tombstone each. */
const takenBack = Object.keys(named).filter((path) => named[path] === "GET PUT" && !path.startsWith("/v1/policies"));

test.each(Object.entries(named))("%s takes %s, and says so to every other method", async (path, methods) => {
  const wanted = [...methods.split(" "), ...(takenBack.includes(path) ? ["DELETE"] : [])];
  for (const method of ["GET", "PUT", "POST", "DELETE", "PATCH"]) {
    const { status, headers, body } = await service.send(method, path, method === "GET" ? undefined : {});
    if (wanted.includes(method)) expect([method, status === 405, body?.code === "route-not-found"]).toEqual([method, false, false]);
    if (status !== 405) continue;
    expect(body).toMatchObject({ status: 405, code: "method-not-allowed" });
    expect(headers.allow?.split(", ")).toEqual(expect.arrayContaining(wanted));
    expect(headers.allow).not.toContain(method);
  }
  expect((await service.send("PATCH", path, {})).status).toBe(405);
});

test("a path that is none is 404, whatever the method", async () => {
  for (const method of ["GET", "PUT", "POST", "DELETE", "PATCH"]) {
    for (const path of ["/", "/v1", "/v2/accounts", "/v1/account", "/v1/accounts/a/b/c/d/e", "/V1/accounts", "/v1/accounts/"]) {
      const { status, body } = await service.send(method, path, method === "GET" ? undefined : {});
      expect([method, path, status, body.code]).toEqual([method, path, 404, "route-not-found"]);
    }
  }
});

test("health, the description and the API page need no identity; every other path does", async () => {
  service.claims = null;
  const open = Object.entries(named).filter(([path]) => ["/v1/health", "/v1/openapi.json", "/docs"].includes(path));
  expect(open).toHaveLength(3);
  for (const [path, methods] of Object.entries(named)) {
    for (const method of methods.split(" ")) {
      const { status } = await service.send(method, path, method === "GET" ? undefined : {});
      expect([path, status]).toEqual([path, open.some(([one]) => one === path) ? 200 : 401]);
    }
  }
  const { adminClaims } = await import("../functions/http/service.ts");
  service.claims = adminClaims;
});

test("every route of the service is under /v1, the API page apart", () => {
  const elsewhere = routes.map(([routeKey]) => routeKey).filter((routeKey) => !/^[A-Z]+ \/v1\//.test(routeKey));
  expect(elsewhere.sort()).toEqual(["$default", "GET /docs", "GET /docs/redoc.js"]);
});
