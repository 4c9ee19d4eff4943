/** A change of the recorded facts in one sentence. Says nothing of persons: a changed name is said to have changed. */
import { formatMoney, type Money } from "../money.ts";
import type { FactChange } from "./what-changed-facts.ts";
import { keyOfItems } from "./what-changed-parts.ts";

const kinds: Record<string, string> = {
  account: "account",
  licenses: "license",
  premises: "premises",
  contracts: "contract",
  contacts: "contact",
  invoices: "invoice",
  notices: "notice",
  quotes: "quote",
  exceptions: "exception",
  products: "product",
  "price-lists": "price list",
  policies: "policy version",
};
/** What the items of a list inside a fact are called. */
const items: Record<string, string> = { lines: "line", payments: "payment", versions: "version", items: "product", newFees: "new fee of" };
/** Of persons, or free text that may speak of one. */
const unshown: ReadonlySet<string> = new Set(["name", "email", "phone", "approvedBy", "reason", "voidedReason"]);
const mostDetails = 8;

/** Such as "payment `p-2` of CHF 500.00 on invoice `inv-7` added: paid on 2026-03-05". */
export function describeFactChange({ path, part, before, after }: FactChange): string {
  const fact = nameOf(path);
  if (part === null) return after === undefined ? `${fact} taken back` : `${fact} added${detailsOf(after as object)}`;
  const [list, id] = part.split("/") as [string, string | undefined];
  const item = Object.hasOwn(items, list) ? items[list] : undefined;
  if (item === undefined || id === undefined) return `${fact}: ${fieldChange(part.split("/").at(-1) as string, before, after)}`;
  const [worth, money] = Object.entries((after ?? before) as object).find(([, value]) => isMoney(value)) ?? [];
  const of = `${item} \`${id}\``;
  const where = `on ${fact}`;
  if (before !== undefined && after !== undefined) return `${of} ${where}: ${itemChange(before as object, after as object)}`;
  const whole = `${of}${worth === undefined ? "" : ` of ${formatMoney(money)}`} ${where}`;
  return after === undefined ? `${whole} taken back` : `${whole} added${detailsOf(after as object, [worth, keyOfItems[list]])}`;
}

function nameOf(path: string): string {
  const slash = path.indexOf("/");
  return slash < 0 ? (kinds[path] ?? path) : `${kinds[path.slice(0, slash)] ?? path.slice(0, slash)} \`${path.slice(slash + 1)}\``;
}

function itemChange(before: object, after: object): string {
  const [then, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])].filter((name) => JSON.stringify(then[name]) !== JSON.stringify(now[name]));
  return names.map((name) => fieldChange(name, then[name], now[name])).join("; ");
}

function fieldChange(name: string, before: unknown, after: unknown): string {
  const words = inWords(name);
  if (unshown.has(name)) return `${words} changed`;
  const [then, now] = [shown(before), shown(after)];
  if (then === now) return `${words} changed`;
  return `${words} was ${then}, now ${now}`;
}

function detailsOf(document: object, said: readonly (string | undefined)[] = []): string {
  const told = Object.entries(document).filter(([name, value]) => !unshown.has(name) && !said.includes(name) && shown(value) !== tooMuch);
  const details = told.map(([name, value]) => `${inWords(name)} ${shown(value)}`);
  if (details.length === 0) return "";
  return `: ${details.slice(0, mostDetails).join(", ")}${details.length > mostDetails ? ", …" : ""}`;
}

/** `endOfLifeAnnouncedOn` → "end of life announced on", `policyId` → "policy". Ids of readings and benefits stay as they are. */
function inWords(name: string): string {
  return name.includes("-") ? `\`${name}\`` : name.replace(/Id$/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What would fill more than a sentence. */
const tooMuch = "as written there";

function shown(value: unknown): string {
  if (value === undefined || value === null) return "not recorded";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return /^\d{4}-\d{2}-\d{2}/.test(value) ? value : `\`${value}\``;
  if (isMoney(value)) return formatMoney(value);
  if (isTerm(value)) return `${value.firstDay} to ${value.lastDay}`;
  if (Array.isArray(value))
    return value.length <= 3 && value.every((one) => typeof one === "string") ? value.map(shown).join(" and ") || "none" : String(value.length);
  const [only, ...others] = Object.entries(value);
  return only !== undefined && others.length === 0 && typeof only[1] === "string" ? `${inWords(only[0])} ${shown(only[1])}` : tooMuch;
}

function isMoney(value: unknown): value is Money {
  return typeof value === "object" && value !== null && "amount" in value && "currency" in value && Object.keys(value).length === 2;
}

function isTerm(value: unknown): value is { firstDay: string; lastDay: string } {
  return typeof value === "object" && value !== null && "firstDay" in value && "lastDay" in value;
}
