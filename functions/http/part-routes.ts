/**
 * The routes of a part of a fact: one line of a contract, one payment of an invoice. Written by themselves, so that a
 * long contract need not be sent whole for one line, and two who write different lines do not overwrite each other.
 */
import type * as z from "zod";
import { identifier } from "../../domain/facts.ts";
import { Refused } from "../../domain/refusal.ts";
import { refuseContradictions } from "./contradictions.ts";
import { withEveryField } from "./every-field.ts";
import { type Document, type FactKind, type Ids, idOf, parametersOf, pathOf } from "./fact-routes.ts";
import { newId } from "./ids.ts";
import { timesQuery } from "./moment-shapes.ts";
import { knownAtFrom } from "./moments.ts";
import { type Answer, answer, type Call, type Operation, operation } from "./operation.ts";
import { etagOf, preconditionHeaders, refuseStale } from "./preconditions.ts";
import { notFound } from "./problem.ts";

export interface PartKind {
  /** The fact that it is a part of. */
  of: FactKind;
  /** In texts: `contract line`. */
  name: string;
  answerName: string;
  /** The member of the fact that lists the parts. */
  list: string;
  idName: string;
  /** Less its id, which is taken from the path. */
  schema: z.ZodObject;
}

export interface PartRoutes {
  put: Operation;
  get: Operation;
  delete: Operation;
}

export function partRoutes(part: PartKind): PartRoutes {
  const { of, name, idName } = part;
  const { schema: answerSchema, fill } = withEveryField(part.schema, part.answerName, { [idName]: identifier });
  const params = parametersOf(of).own.extend({ [idName]: identifier }) as z.ZodObject & z.ZodType<Ids>;
  const shared = { tag: of.tag, params };
  return {
    put: operation<Ids, Ids, Document>({
      ...shared,
      summary: `Write one ${name}`,
      description: `Replaces the one with this id, or adds it to the ${of.name}. Writing the same again changes nothing.`,
      body: part.schema,
      requestHeaders: preconditionHeaders,
      answers: { 200: answerSchema, 201: answerSchema },
      run: (call) => writePart(part, fill, call, call.body),
    }),
    get: operation<Ids, z.infer<typeof timesQuery>>({
      ...shared,
      summary: `Read one ${name}`,
      query: timesQuery,
      answers: { 200: answerSchema },
      async run(call) {
        const whole = (await of.shelf.read(call, call.params, knownAtFrom(call.query.knownAt, call.now, "query"))).find(
          (fact) => idOf(of, fact) === call.params[of.idName],
        );
        if (whole === undefined) throw notFound(of.name, of.idName, call.params[of.idName]);
        const found = partsOf(part, whole).find((one) => one[idName] === call.params[idName]);
        if (found === undefined) throw notFound(name, idName, call.params[idName]);
        const document = fill(found);
        return answer(200, document, { etag: etagOf(document) });
      },
    }),
    delete: operation<Ids>({
      ...shared,
      summary: `Take back one ${name}`,
      description: "Records that it was wrong. An earlier `knownAt` still sees it.",
      requestHeaders: preconditionHeaders,
      answers: { 204: null },
      run: (call) => writePart(part, fill, call, null),
    }),
  };
}

/** Writes the part, or takes it back where it is null, and the fact with it. */
async function writePart(part: PartKind, fill: (document: Document) => Document, call: Call<Ids>, document: Document | null): Promise<Answer> {
  const { of, list, idName } = part;
  const [wholeId, id] = [call.params[of.idName] as string, call.params[idName] as string];
  const path = pathOf(of, wholeId);
  const { answer: given } = await call.store.change(of.shelf.owner(call.params), {
    operationId: newId("op", call.now),
    by: call.caller,
    decide(current) {
      const held = of.shelf.among(current, call.params).find((fact) => idOf(of, fact) === wholeId);
      if (held === undefined) throw notFound(of.name, of.idName, wholeId);
      const { [of.idName]: _, ...whole } = held as Document;
      const parts = partsOf(part, whole);
      const at = parts.findIndex((one) => one[idName] === id);
      const before = parts[at];
      refuseStale(call.headers, before === undefined ? null : fill(before));
      if (document === null) {
        if (before === undefined) throw notFound(part.name, idName, id);
        return { writes: [{ path, value: { ...whole, [list]: parts.toSpliced(at, 1) } }], answer: { status: 204 } };
      }
      const after = { [idName]: id, ...document };
      const place = before === undefined ? parts.length : at;
      const changed = { ...whole, [list]: parts.toSpliced(place, 1, after) };
      refuseWhole(part, changed, () => refuseContradictions(path, changed, current), place);
      const answered = fill(after);
      return { writes: [{ path, value: changed }], answer: answer(before === undefined ? 201 : 200, answered, { etag: etagOf(answered) }) };
    },
  });
  return given;
}

/** Tests the fact as it would be; what is wrong in the part is told with pointers into the part. */
function refuseWhole({ of, list }: PartKind, changed: Document, refuse: () => void, place: number): void {
  if (!(of.schema.shape[list] as z.ZodType).safeParse(changed[list]).success)
    throw new Refused("too-many", [{ pointer: "", detail: `the ${of.name} has as many ${list} as it can have` }]);
  try {
    refuse();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const above = `/${list}/${place}`;
    throw new Refused(
      error.code,
      error.errors.map(({ pointer, detail }) => ({
        pointer: pointer === above || pointer.startsWith(`${above}/`) ? pointer.slice(above.length) : pointer,
        detail,
      })),
    );
  }
}

function partsOf({ list }: PartKind, whole: object): Document[] {
  return ((whole as Document)[list] ?? []) as Document[];
}
