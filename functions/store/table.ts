/**
 * The one table, described once: the deployed stack and the local store are both made from this.
 *
 * | partition (`pk`)  | sort (`sk`)                     | what it is                                                        |
 * |-------------------|---------------------------------|-------------------------------------------------------------------|
 * | `account#{id}`    | `manifest`                      | the dossier as it is now, its version, the end of its log         |
 * |                   | `snapshot#{version}`            | the dossier after every 50th command, so that folding stays short |
 * |                   | `person#{contactId}#{version}`  | name, mail address, phone: can be erased                          |
 * |                   | `part#{token}#{n}`              | a piece of a text that is too large for one item                  |
 * |                   | `sweep`                         | what was announced of the account, and since when each contract is followed |
 * |                   | `watch#{instant}#{hash}`        | what a decision gave the customer to do by an instant             |
 * |                   | `deadline`, `deadline#{id}`      | how far the deadlines list knows the account; one deadline of it  |
 * | `log#{owner}`     | `log#{recordedAt}`              | one accepted command: what it wrote, chained to the one before    |
 * | `catalog`         | as for an account               | products, price lists, own policies; the text is always in parts             |
 * | `{kind}#{id}`     | `record`                        | an answer that was given: decision, quote, notice; what an import changed |
 * | `reply#{hash}`    | `reply`                         | what was answered to an idempotency key                           |
 * | `import#{id}`     | `import`                        | a bulk import: how far it has come                                |
 * | `import#{id}#{n}` | `step#{n}`                      | what one step of it made of the rows of 10 000 lines              |
 * | `events#{owner}`  | `{event id}`                    | what is announced of an account or the catalog; the stream sends it on |
 * | `sweep`           | `progress`, `last`              | how far the sweep has come, and how its last run went             |
 * | `counter#{list}`  | `counter`                       | the last number given in a list of events                         |
 */
/** How partitions begin in which nothing is ever changed or removed: neither by the store, nor, in AWS, by anybody (infra/table.ts). */
export const keptPartitions = ["log#", "decision#", "quote#", "notice#", "reply#"] as const;

export const tableDescription = {
  partitionKey: "pk",
  sortKey: "sk",
  stream: "NEW_IMAGE",
  indexes: [
    /**
     * Accounts in 16 shards (`accounts#0` … `accounts#f`), the records of an account (`decision#{accountId}`), events that wait for
     * their number (`outbox#0` … `outbox#f`) and those that have one (`events#{ten thousands}`, `missed#{ten thousands}`).
     */
    { name: "by-list", partitionKey: "listKey", sortKey: "listSort", projected: ["accountName", "customerNumber", "policyIds", "searchText"] },
    /** Decisions of one case. */
    { name: "by-case", partitionKey: "caseKey", sortKey: "listSort", projected: [] },
    /** What is due when: only accounts and watches for which something will become true (`agenda#{YYYY-MM}#{0…f}`). */
    { name: "by-agenda", partitionKey: "agendaKey", sortKey: "agendaSort", projected: [] },
  ],
} as const;
