/** The page that is kept: docs/benchmarks.md. */
export function page(table: string, { machine, date, node }: { machine: string; date: string; node: string }): string {
  return `# Benchmarks

Made by \`npm run bench -- --machine "…" --date …\` on ${date}, Node ${node}, ${machine}. Do not edit: run it again.

Everything is a ratio of processor time (\`process.cpuUsage\`, all threads, garbage collection included), measured in one
run: baseline – contender – baseline in short alternating batches over varied inputs, the median of at least 15 rounds.
The answers are asserted equal first. Times are given for orientation only; on another machine they are others.

${table}

## What is compared

- **A decision**: \`decideEntitlement\` for Ebiexperts with everything that it answers: every condition with its sentence,
  clause and facts, cures with the price of the gap, deadlines with their steps, obligations, readings, \`validUntil\`.
  400 generated accounts of about 30 facts, 15 products, 3 price lists, requests that reach every outcome. *By hand* is
  \`test/bench/by-hand/\`: the same answer written for this one policy, to the letter.
- **Rules engines**: json-rules-engine, Cedar and GoRules Zen get the policy as rules over flat facts
  (\`test/bench/peers/rules.ts\`). They cannot walk lists of licenses, terms and invoices, so what is known of those is summed
  up for them by hand, which counts with them and is the smaller part. They answer the outcome and the clauses that stand
  against a request: no sentences, figures, prices, deadlines. That is less than a decision answers, so the ratios
  understate the difference.
- **Growth**: accounts of 10, 100 and 1,000 licenses in four product lines, a contract for every hundred licenses.
- **A deadline**: \`dueAfter\` over the Swiss calendar, reports of 2016–2038 with clock changes and holidays among them. The
  *table of days* knows only this one desk; the walks go from day to day and read the wall clock twice a day.
- **A quote**: decimal.js is not a dependency and not installed. It took 81 times as long as bigint where both were measured
  for the design; at least 50 times as fast as it is at most 1.6 times bigint by hand. 120,000 amounts and 4,000 whole
  quotes with all alternatives equal exact fractions.
- **Over HTTP**: the deployed handlers, bundled as the stack bundles them, behind the local gateway on the embedded store; the
  store and the caller are processes of their own and not counted. The bare handlers, in the same bundle, read the account's id
  from the body, make the same calls with the AWS SDK's client as it comes on the same items, and answer \`{}\`. Not compared: the same service on a document client, json-rules-engine and luxon.
- **The bundle**: esbuild with the options of the stack, each import in a new process. *SDK client alone* is the whole client
  with the commands that the function sends, as the SDK comes; the stack leaves out its ways to credentials that Lambda never
  takes, and against a client without them too the function is shown.
`;
}
