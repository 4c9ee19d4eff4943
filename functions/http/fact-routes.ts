/**
 * The routes of one kind of fact, the same for all kinds: write it, read it, take it back, list all of them.
 *
 * A `PUT` replaces the whole document and may be sent twice. What is taken back is still seen by an earlier `knownAt`.
 */
import * as z from "zod";
import { identifier } from "../../domain/facts.ts";
import type { Current, LogOwner, Person } from "../store/store.ts";
import { refuseContradictions } from "./contradictions.ts";
import { withEveryField } from "./every-field.ts";
import { newId } from "./ids.ts";
import { timesQuery } from "./moment-shapes.ts";
import { knownAtFrom } from "./moments.ts";
import { type Answer, answer, type Call, type Operation, operation } from "./operation.ts";
import { cursorAfter, listOf, pageOf, pageQuery, pageThrough } from "./paging.ts";
import { etagOf, preconditionHeaders, refuseStale } from "./preconditions.ts";
import { notFound } from "./problem.ts";

export type Ids = Record<string, string>;
export type Document = Record<string, unknown>;
type Times = z.infer<typeof timesQuery>;
type PageQuery = z.infer<typeof pageQuery>;

/** Where facts of a kind are kept: below an account, or in the catalog. */
export interface Shelf {
  /** The path parameters above the fact's own. */
  above: readonly string[];
  owner(ids: Ids): LogOwner;
  /** As known at a time, in the order of their ids. @throws Problem 404 for an unknown account */
  read(call: Call, ids: Ids, knownAt: number | null): Promise<readonly object[]>;
  /** Among the newest facts. @throws Problem 404 for an unknown account */
  among(current: Current, ids: Ids): readonly object[];
  /** Persons, where names are kept apart from the facts. */
  persons?: {
    one(call: Call, ids: Ids, knownAt: number | null): Promise<Person | null>;
    all(call: Call, ids: Ids, knownAt: number | null): Promise<ReadonlyMap<string, Person>>;
  };
}

export interface FactKind {
  /** In texts: `license`. */
  name: string;
  /** In the OpenAPI document: `LicenseAnswer`. */
  answerName: string;
  tag: string;
  /** In paths and in the log: `licenses`. */
  collection: string;
  idName: string;
  /** Where the service makes the ids; default: the caller's own. */
  idShape?: typeof identifier;
  schema: z.ZodObject;
  /** What is answered, where it differs from what is written. */
  answered?: z.ZodObject;
  shelf: Shelf;
  /** In the log, where it is not the collection and the id. */
  path?: string;
  /** @throws Problem when it must stay */
  refuseDelete?(current: Current): void;
}

export interface FactRoutes {
  put: Operation;
  get: Operation;
  delete: Operation;
  list: Operation;
  /** A document with its id and every field. */
  answerSchema: z.ZodType;
  fill(fact: object, person?: Person | null): Document;
}

export function factRoutes(kind: FactKind): FactRoutes {
  const { name, tag, idName, shelf } = kind;
  const { above, own } = parametersOf(kind);
  const { schema: answerSchema, fill: complete } = withEveryField(kind.answered ?? kind.schema, kind.answerName, {
    [idName]: kind.idShape ?? identifier,
  });
  const fill = (fact: object, person?: Person | null) => complete({ ...fact, ...withoutNulls(person) });
  const write = (call: Call<Ids>, document: Document | null) => writeFact(kind, fill, call, document);

  return {
    answerSchema,
    fill,
    put: operation<Ids, Ids, Document>({
      summary: `Write ${a(name)}`,
      description: "Replaces the whole document. Writing the same again changes nothing.",
      tag,
      params: own,
      body: kind.schema,
      requestHeaders: preconditionHeaders,
      answers: { 200: answerSchema, 201: answerSchema },
      run: (call) => write(call, call.body),
    }),
    get: operation<Ids, Times>({
      summary: `Read ${a(name)}`,
      description: "As recorded by `knownAt`. A document carries its own days; `asOf` does not change it.",
      tag,
      params: own,
      query: timesQuery,
      answers: { 200: answerSchema },
      async run(call) {
        const knownAt = knownAtFrom(call.query.knownAt, call.now, "query");
        const fact = (await shelf.read(call, call.params, knownAt)).find((held) => idOf(kind, held) === call.params[idName]);
        if (fact === undefined) throw notFound(name, idName, call.params[idName]);
        const document = fill(fact, await shelf.persons?.one(call, call.params, knownAt));
        return answer(200, document, { etag: etagOf(document) });
      },
    }),
    delete: operation<Ids>({
      summary: `Take back ${a(name)}`,
      description: "Records that it was wrong. An earlier `knownAt` still sees it.",
      tag,
      params: own,
      requestHeaders: preconditionHeaders,
      answers: { 204: null },
      run: (call) => write(call, null),
    }),
    list: operation<Ids, PageQuery>({
      summary: `List ${kind.collection.replace("-", " ")}`,
      tag,
      params: above,
      query: pageQuery,
      answers: { 200: listOf(answerSchema) },
      async run(call) {
        const list = [kind.collection, ...Object.values(call.params)].join(" ");
        const page = pageOf(call.query, list);
        const found = pageThrough(await shelf.read(call, call.params, null), (fact) => idOf(kind, fact), page);
        const persons = found.items.length === 0 ? undefined : await shelf.persons?.all(call, call.params, null);
        const items = found.items.map((fact) => fill(fact, persons?.get(idOf(kind, fact))));
        return answer(200, { items, nextCursor: cursorAfter(found.after, list) });
      },
    }),
  };
}

/** Writes the document, or takes the fact back where it is null. */
async function writeFact(kind: FactKind, fill: FactRoutes["fill"], call: Call<Ids>, document: Document | null): Promise<Answer> {
  const { idName, shelf } = kind;
  const id = call.params[idName] as string;
  const path = pathOf(kind, id);
  const { answer: given } = await call.store.change(shelf.owner(call.params), {
    operationId: newId("op", call.now),
    by: call.caller,
    ...(shelf.persons === undefined ? {} : { contactIds: [id] }),
    decide(current) {
      const before = shelf.among(current, call.params).find((fact) => idOf(kind, fact) === id);
      refuseStale(call.headers, before === undefined ? null : fill(before, current.persons.get(id)));
      if (document === null) {
        if (before === undefined) throw notFound(kind.name, idName, id);
        kind.refuseDelete?.(current);
        return { writes: [{ path, value: null }], answer: { status: 204 } };
      }
      refuseContradictions(path, document, current);
      const after = fill({ [idName]: id, ...document });
      const given = answer(before === undefined ? 201 : 200, after, { etag: etagOf(after) });
      if (shelf.persons === undefined) return { writes: [{ path, value: document }], answer: given };
      const { name, email, phone, ...fact } = document;
      const person = { name, email: email ?? null, phone: phone ?? null } as Person;
      return { writes: [{ path, value: fact }], persons: [{ contactId: id, person }], answer: given };
    },
  });
  return given;
}

/** The path parameters above a kind of fact, and those together with its own. */
export function parametersOf({ shelf, idName, idShape }: Pick<FactKind, "shelf" | "idName" | "idShape">) {
  const above = z.strictObject(Object.fromEntries(shelf.above.map((parameter) => [parameter, identifier])));
  return { above, own: above.extend({ [idName]: idShape ?? identifier }) as typeof above };
}

export function pathOf({ path, collection }: FactKind, id: string): string {
  return path ?? `${collection}/${id}`;
}

export function idOf({ idName }: Pick<FactKind, "idName">, fact: object): string {
  return (fact as Ids)[idName] as string;
}

function a(name: string): string {
  if (name.endsWith("s")) return name;
  return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}

/** In documents, what is not known is left out. */
function withoutNulls(person: Person | null | undefined): Document {
  return Object.fromEntries(Object.entries(person ?? {}).filter(([, value]) => value !== null));
}
