/**
 * DynamoDB's expressions, as far as the store uses them: what it does not know, it refuses, so that nothing passes here
 * that a real table would judge otherwise.
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";

export type Item = Record<string, AttributeValue>;

/** What an expression refers to. */
export interface Bindings {
  names: Record<string, string> | undefined;
  values: Item | undefined;
}

type Condition = (item: Item, bindings: Bindings) => boolean;
type Operand = (item: Item, bindings: Bindings) => AttributeValue | undefined;
type Change = (item: Item, bindings: Bindings) => void;

const conditions = new Map<string, Condition>();
const updates = new Map<string, Change>();

/** Whether an item meets a condition. An absent item is one without attributes. */
export function meets(text: string, item: Item, bindings: Bindings): boolean {
  let condition = conditions.get(text);
  if (condition === undefined) {
    condition = new Parser(text).condition();
    conditions.set(text, condition);
  }
  return condition(item, bindings);
}

/** Changes the item as `SET a = :b, … REMOVE c, …` says. */
export function update(text: string, item: Item, bindings: Bindings): void {
  let change = updates.get(text);
  if (change === undefined) {
    change = new Parser(text).update();
    updates.set(text, change);
  }
  change(item, bindings);
}

/** @throws Error as DynamoDB does where a value or a name is given and not used, or used and not given */
export function assertUsed(texts: readonly (string | undefined)[], { names, values }: Bindings): void {
  const used = new Set(texts.flatMap((text) => text?.match(/[#:]\w+/g) ?? []));
  const given = [...Object.keys(names ?? {}), ...Object.keys(values ?? {})];
  const wrong = given.find((name) => !used.has(name)) ?? [...used].find((name) => !given.includes(name));
  if (wrong !== undefined) throw invalid(`\`${wrong}\` is given and not used, or used and not given, in \`${texts.join("; ")}\``);
}

export function nameOf(name: string, { names }: Bindings): string {
  if (!name.startsWith("#")) return name;
  const given = names?.[name];
  if (given === undefined) throw invalid(`no such name: got \`${name}\``);
  return given;
}

export function invalid(message: string): Error {
  return Object.assign(new Error(message), { name: "ValidationException", $fault: "client", $metadata: { httpStatusCode: 400 } });
}

const reserved = new Set(["AND", "OR", "NOT", "BETWEEN", "SET", "REMOVE"]);

class Parser {
  readonly #tokens: string[];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = text.match(/[#:]?\w+|<=|>=|<>|[=<>(),]/g) ?? [];
    if (this.#tokens.join("") !== text.replaceAll(/\s/g, "")) throw this.#unknown();
  }

  condition(): Condition {
    const condition = this.#either();
    if (this.#at < this.#tokens.length) throw this.#unknown();
    return condition;
  }

  update(): Change {
    const changes: Change[] = [];
    while (this.#at < this.#tokens.length) {
      const isSet = this.#next() === "SET";
      if (!isSet && this.#tokens[this.#at - 1] !== "REMOVE") throw this.#unknown();
      do changes.push(isSet ? this.#assignment() : this.#removal());
      while (this.#take(","));
    }
    return (item, bindings) => {
      for (const change of changes) change(item, bindings);
    };
  }

  #assignment(): Change {
    const name = this.#next();
    this.#expect("=");
    const value = this.#operand();
    return (item, bindings) => {
      item[nameOf(name, bindings)] = value(item, bindings) as AttributeValue;
    };
  }

  #removal(): Change {
    const name = this.#next();
    return (item, bindings) => {
      delete item[nameOf(name, bindings)];
    };
  }

  #either(): Condition {
    let left = this.#both();
    while (this.#take("OR")) {
      const [one, other] = [left, this.#both()];
      left = (item, bindings) => one(item, bindings) || other(item, bindings);
    }
    return left;
  }

  #both(): Condition {
    let left = this.#one();
    while (this.#take("AND")) {
      const [one, other] = [left, this.#one()];
      left = (item, bindings) => one(item, bindings) && other(item, bindings);
    }
    return left;
  }

  #one(): Condition {
    if (this.#take("NOT")) {
      const condition = this.#one();
      return (item, bindings) => !condition(item, bindings);
    }
    if (this.#take("(")) {
      const condition = this.#either();
      this.#expect(")");
      return condition;
    }
    if (this.#tokens[this.#at + 1] === "(") return this.#function();
    const left = this.#operand();
    if (this.#take("BETWEEN")) {
      const least = this.#operand();
      this.#expect("AND");
      const most = this.#operand();
      return (item, b) => ordered(least(item, b), left(item, b), (n) => n <= 0) && ordered(left(item, b), most(item, b), (n) => n <= 0);
    }
    const holds = comparisons[this.#next()];
    if (holds === undefined) throw this.#unknown();
    const right = this.#operand();
    return (item, bindings) => ordered(left(item, bindings), right(item, bindings), holds);
  }

  #function(): Condition {
    const name = this.#next();
    this.#expect("(");
    const subject = this.#operand();
    const argument = this.#take(",") ? this.#operand() : null;
    this.#expect(")");
    if (name === "attribute_exists") return (item, bindings) => subject(item, bindings) !== undefined;
    if (name === "attribute_not_exists") return (item, bindings) => subject(item, bindings) === undefined;
    if (argument === null || (name !== "begins_with" && name !== "contains")) throw this.#unknown();
    return (item, bindings) => {
      const [text, part] = [subject(item, bindings)?.S, argument(item, bindings)?.S];
      if (text === undefined || part === undefined) return false;
      return name === "contains" ? text.includes(part) : text.startsWith(part);
    };
  }

  #operand(): Operand {
    const token = this.#next();
    if (!/^[#:]?[A-Za-z_]/.test(token) || reserved.has(token)) throw this.#unknown();
    if (token.startsWith(":")) return (_, { values }) => values?.[token];
    return (item, bindings) => item[nameOf(token, bindings)];
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw this.#unknown();
    return token;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw this.#unknown();
  }

  #unknown(): Error {
    return invalid(`the stand-in does not know such an expression: got \`${this.#text}\``);
  }
}

const comparisons: Record<string, (order: number) => boolean> = {
  "=": (order) => order === 0,
  "<>": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/** Texts by their letters, numbers by their value; what is absent or of another type is in no order at all. */
function ordered(a: AttributeValue | undefined, b: AttributeValue | undefined, holds: (order: number) => boolean): boolean {
  if (a?.S !== undefined && b?.S !== undefined) return holds(a.S < b.S ? -1 : a.S > b.S ? 1 : 0);
  if (a?.N !== undefined && b?.N !== undefined) return holds(Number(a.N) - Number(b.N));
  return false;
}
