/** Several processes that serve from one table: nothing but the table keeps them apart. */
import { openStore } from "../../../functions/store/store.ts";
import { freshStore, newClient } from "../../store.ts";
import { type Service, startService, testNow } from "./service.ts";

/** Their clocks stand together; each has a client and a memory of its own. */
export async function processesOnOneTable(count: number): Promise<[Service, ...Service[]]> {
  const { tableName } = await freshStore(() => testNow);
  const client = await Promise.all(Array.from({ length: count }, () => newClient()));
  const services = client.map((client) => startService(() => openStore({ tableName, client, now: () => testNow })));
  return (await Promise.all(services)) as [Service, ...Service[]];
}
