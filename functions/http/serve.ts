/** Makes a Lambda function of a capability that may use all of the store. Those that only answer open a part of it: `handler.ts`. */
import { openStore } from "../store/store.ts";
import { environmentOf, type Handler, handlerOf, type Surroundings } from "./handler.ts";
import type { Operations } from "./operation.ts";

export type { Handler, Surroundings } from "./handler.ts";

export const environment: Surroundings = environmentOf(openStore);

export function serve(operations: Operations, around: Surroundings = environment): Handler {
  return handlerOf(operations, around);
}
