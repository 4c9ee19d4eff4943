/**
 * Which route of the HTTP API a request belongs to, by API Gateway's rules: `GET /v1/accounts/{accountId}` matches
 * segment by segment, a fixed segment goes before a parameter, parameters arrive URL-decoded, `$default` takes the rest.
 */
export interface Match {
  routeKey: string;
  pathParameters: Record<string, string>;
}

interface Node {
  fixed: Map<string, Node>;
  parameter: Node | null;
  /** By method: the route key that ends here, and its parameters' names in order. */
  routes: Map<string, { routeKey: string; names: string[] }>;
}

/** The matcher for these route keys. It answers null for a path that is not well-formed: bad percent-encoding. */
export function routeMatcher(routeKeys: Iterable<string>): (method: string, path: string) => Match | null {
  const root = emptyNode();
  for (const routeKey of routeKeys) if (routeKey !== "$default") add(root, routeKey);
  return (method, path) => {
    const values: string[] = [];
    const found = path.startsWith("/") ? search(root, method, path.slice(1).split("/"), 0, values) : null;
    if (found === null) return { routeKey: "$default", pathParameters: {} };
    try {
      const pathParameters = Object.fromEntries(found.names.map((name, n) => [name, decodeURIComponent(values[n] as string)]));
      return { routeKey: found.routeKey, pathParameters };
    } catch {
      return null;
    }
  };
}

function add(root: Node, routeKey: string): void {
  const [method, path] = routeKey.split(" ") as [string, string];
  const names: string[] = [];
  let node = root;
  for (const segment of path.slice(1).split("/")) {
    if (segment.startsWith("{")) {
      names.push(segment.slice(1, -1));
      node.parameter ??= emptyNode();
      node = node.parameter;
    } else {
      const next = node.fixed.get(segment) ?? emptyNode();
      node.fixed.set(segment, next);
      node = next;
    }
  }
  node.routes.set(method, { routeKey, names });
}

function search(node: Node, method: string, segments: string[], depth: number, values: string[]): { routeKey: string; names: string[] } | null {
  const segment = segments[depth];
  if (segment === undefined) return node.routes.get(method) ?? null;
  const fixed = node.fixed.get(segment);
  const found = fixed === undefined ? null : search(fixed, method, segments, depth + 1, values);
  if (found !== null || node.parameter === null || segment === "") return found;
  values.push(segment);
  const below = search(node.parameter, method, segments, depth + 1, values);
  if (below === null) values.pop();
  return below;
}

function emptyNode(): Node {
  return { fixed: new Map(), parameter: null, routes: new Map() };
}
