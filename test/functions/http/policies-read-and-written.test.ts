/** A policy that was read can be written again, under another id or version, without what the service adds to it. */
import { beforeAll, describe, expect, test } from "vitest";
import { shippedPolicies } from "../../../domain/policies/index.ts";
import { type Service, startService } from "./service.ts";

describe.each([...shippedPolicies.keys()])("%s", (policyId) => {
  let service: Service;
  let read: Record<string, unknown>;
  beforeAll(async () => {
    service = await startService();
    read = (await service.send("GET", `/v1/policies/${policyId}/versions/1`)).body;
  });
  const document = (changes: object) => {
    const { shipped: _shipped, inWords: _inWords, commonReadings: _commonReadings, ...written } = read;
    return { ...written, ...changes };
  };

  test("as it was read, each member that the service adds is named", async () => {
    const { status, body } = await service.send("PUT", `/v1/policies/${policyId}/versions/1`, read);
    expect(status).toBe(400);
    expect(body.errors).toEqual(
      ["/shipped", "/inWords", "/commonReadings"].map((pointer) => ({
        in: "body",
        pointer,
        detail: "unknown field: leave it out, the service adds it to what it answers",
      })),
    );
  });
  test("without these it is the policy that ships: nothing changes", async () => {
    const { status, body } = await service.send("PUT", `/v1/policies/${policyId}/versions/1`, document({}));
    expect(status).toBe(200);
    expect(body).toEqual({ ...read, hints: expect.any(Array) });
  });
  test("under another id it is an operator's own, and means the same", async () => {
    const { status, body } = await service.send("PUT", "/v1/policies/own-support/versions/1", document({ id: "own-support" }));
    expect(status).toBe(201);
    expect(body).toEqual({ ...read, id: "own-support", shipped: false, hints: expect.any(Array) });
  });
  test("another version needs a first day of its own", async () => {
    const put = (changes: object) => service.send("PUT", `/v1/policies/${policyId}/versions/2`, document({ version: "2", ...changes }));
    const { status, body } = await put({});
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      {
        pointer: "/effectiveFrom",
        detail: "version `1` is in force from the same day, since ever: nobody could tell which governs, give this one another first day",
      },
    ]);
    expect((await put({ effectiveFrom: "2027-01-01" })).status).toBe(201);
  });
});
