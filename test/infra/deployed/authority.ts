/**
 * Decides as IAM does whether a role may do something: nothing is allowed that no statement allows, and what one denies
 * stays denied. Knows only the conditions that the template uses; another one is an error, not a yes.
 */
export interface Statement {
  Effect: "Allow" | "Deny";
  actions: string[];
  resources: string[];
  conditions: Record<string, Record<string, string[]>>;
}

export interface Wish {
  action: string;
  resource: string;
  /** Partition keys, for DynamoDB. */
  leadingKeys?: string[];
}

export function isAllowed(statements: readonly Statement[], wish: Wish): boolean {
  const speaking = statements.filter((statement) => speaksOf(statement, wish));
  return speaking.some(({ Effect }) => Effect === "Allow") && !speaking.some(({ Effect }) => Effect === "Deny");
}

function speaksOf({ actions, resources, conditions }: Statement, wish: Wish): boolean {
  return (
    actions.some((pattern) => isLike(wish.action, pattern)) &&
    resources.some((pattern) => isLike(wish.resource, pattern)) &&
    Object.entries(conditions).every(([operator, keys]) => Object.entries(keys).every(([key, values]) => holds(operator, key, values, wish)))
  );
}

function holds(operator: string, key: string, values: string[], { leadingKeys }: Wish): boolean {
  if (key !== "dynamodb:LeadingKeys") throw new Error(`a condition on \`${key}\` is not known here`);
  const matches = (one: string) => values.some((pattern) => isLike(one, pattern));
  switch (operator) {
    case "ForAllValues:StringLike":
      return (leadingKeys ?? []).every(matches);
    case "ForAnyValue:StringLike":
      return (leadingKeys ?? []).some(matches);
    case "Null":
      return values.includes(String(leadingKeys === undefined || leadingKeys.length === 0));
    default:
      throw new Error(`the condition \`${operator}\` is not known here`);
  }
}

function isLike(text: string, pattern: string): boolean {
  const literal = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`, "s").test(text);
}

/** Statements of a policy document of the template. */
export function statementsOf(document: { Statement: object[] }, fill: (value: unknown) => string): Statement[] {
  return document.Statement.map((one) => {
    const {
      Effect,
      Action,
      Resource,
      Condition = {},
      ...rest
    } = one as {
      Effect: "Allow" | "Deny";
      Action: string | string[];
      Resource: unknown;
      Condition?: Record<string, Record<string, unknown>>;
    };
    for (const key of Object.keys(rest)) if (!["Sid", "Principal"].includes(key)) throw new Error(`a statement with \`${key}\` is not known here`);
    return {
      Effect,
      actions: [Action].flat(),
      resources: [Resource].flat().map(fill),
      conditions: Object.fromEntries(
        Object.entries(Condition).map(([operator, keys]) => [
          operator,
          Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, [values].flat().map(String)])),
        ]),
      ),
    };
  });
}
