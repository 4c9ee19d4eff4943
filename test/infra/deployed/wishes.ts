/** What a request to DynamoDB wants to do, as IAM sees it: one wish for each item of a transaction. */
import type { Wish } from "./authority.ts";

type Key = Record<string, { S?: string }>;

interface Request {
  TableName?: string;
  IndexName?: string;
  Key?: Key;
  Item?: Key;
  RequestItems?: Record<string, { Keys?: Key[] } & { PutRequest?: { Item: Key }; DeleteRequest?: { Key: Key } }[]>;
  TransactItems?: Record<string, { TableName: string; Key?: Key; Item?: Key }>[];
  KeyConditionExpression?: string;
  ExpressionAttributeValues?: Key;
}

/** @throws Error for an operation that the store is not known to use */
export function wishesOf(operation: string, request: Request, tableArn: (name: string) => string): Wish[] {
  const at = (name: string | undefined, index?: string) => tableArn(name ?? "") + (index === undefined ? "" : `/index/${index}`);
  const wish = (action: string, resource: string, keys: (Key | undefined)[]): Wish => ({
    action: `dynamodb:${action}`,
    resource,
    leadingKeys: keys.map((key) => key?.pk?.S ?? ""),
  });
  switch (operation) {
    case "GetItem":
    case "PutItem":
    case "UpdateItem":
    case "DeleteItem":
      return [wish(operation, at(request.TableName), [request.Key ?? request.Item])];
    case "Query":
      return [{ action: "dynamodb:Query", resource: at(request.TableName, request.IndexName), leadingKeys: [partitionOf(request)] }];
    case "Scan":
      return [{ action: "dynamodb:Scan", resource: at(request.TableName, request.IndexName) }];
    case "BatchGetItem":
      return Object.entries(request.RequestItems ?? {}).map(([name, { Keys = [] }]) => wish(operation, at(name), Keys));
    case "BatchWriteItem":
      return Object.entries(request.RequestItems ?? {}).map(([name, items]) =>
        wish(
          operation,
          at(name),
          items.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key),
        ),
      );
    case "TransactWriteItems":
      return (request.TransactItems ?? []).map((one) => {
        const [[kind, item]] = Object.entries(one) as [[string, { TableName: string; Key?: Key; Item?: Key }]];
        return wish(kind === "ConditionCheck" ? "ConditionCheckItem" : `${kind}Item`, at(item.TableName), [item.Key ?? item.Item]);
      });
    default:
      throw new Error(`what \`${operation}\` wants is not known here`);
  }
}

/** The value that the partition key is asked to have: the first comparison of every query of ours. */
function partitionOf({ KeyConditionExpression = "", ExpressionAttributeValues = {} }: Request): string {
  const name = /^\(?\s*#?\w+\s*=\s*(:\w+)/.exec(KeyConditionExpression)?.[1];
  const value = ExpressionAttributeValues[name ?? ""]?.S;
  if (value === undefined) throw new Error(`which partition is asked for: \`${KeyConditionExpression}\``);
  return value;
}
