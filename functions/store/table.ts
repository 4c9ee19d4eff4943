/**
 * The one table, described once: the deployed stack and the local store are both made from this.
 *
 * | partition (`pk`)  | sort (`sk`)                     | what it is                                                        |
 * |-------------------|---------------------------------|-------------------------------------------------------------------|
 * | `account#{id}`    | `manifest`                      | the dossier as it is now, its version, the end of its log         |
 * |                   | `log#{recordedAt}`              | one accepted command: what it wrote, chained to the one before    |
 * |                   | `snapshot#{version}`            | the dossier after every 50th command, so that folding stays short |
 * |                   | `person#{contactId}#{version}`  | name, mail address, phone: can be erased                          |
 * |                   | `part#{token}#{n}`              | a piece of a text that is too large for one item                  |
 * | `catalog`         | as for an account               | products, price lists, own policies; the text is always in parts             |
 * | `{kind}#{id}`     | `record`                        | an answer that was given: decision, quote, notice                 |
 * | `reply#{hash}`    | `reply`                         | what was answered to an idempotency key                           |
 * | `event#{id}`      | `event`                         | what is to be announced; the stream sends it on                   |
 */
export const tableDescription = {
  partitionKey: "pk",
  sortKey: "sk",
  stream: "NEW_IMAGE",
  indexes: [
    /** Accounts in 16 shards (`accounts#0` … `accounts#f`), and the records of an account (`decision#{accountId}`). */
    { name: "by-list", partitionKey: "listKey", sortKey: "listSort", projected: ["accountName", "customerNumber", "policyIds", "searchText"] },
    /** Decisions of one case. */
    { name: "by-case", partitionKey: "caseKey", sortKey: "listSort", projected: [] },
  ],
} as const;
