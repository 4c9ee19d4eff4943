/**
 * How much more processor time one way of doing something takes than another, in the same run.
 *
 * Wall time means nothing on a shared machine, and processor time drifts with what else runs on it. So the two take
 * turns in short batches, baseline – contender – baseline, and each round gives one ratio. The median is what counts.
 */
export interface Comparison {
  /** Processor time of the contender ÷ that of the baseline. */
  ratio: number;
  /** Microseconds for one item. */
  baselineMicros: number;
  contenderMicros: number;
}

/** One thing to be done for an item. What it answers is kept, so that it is not optimized away. */
export type Work<Item> = (item: Item) => unknown;

export interface Options {
  rounds?: number;
  /** Processor time that a batch should take at least. */
  batchMilliseconds?: number;
  /** Processor time spent on each side before anything is measured: compiling takes as long as it takes. */
  warmUpMilliseconds?: number;
  /** Items looked at in one round; the next round takes the next ones. */
  itemsPerRound?: number;
}

/** Repetitions are set for each side by itself, so that a slow one does not need as many as a fast one. */
export async function compare<Item>(items: readonly Item[], baseline: Work<Item>, contender: Work<Item>, options: Options = {}): Promise<Comparison> {
  const { rounds = 21, batchMilliseconds = 6, itemsPerRound = items.length, warmUpMilliseconds = 400 } = options;
  const first = sliceOf(items, 0, itemsPerRound);
  const baselineTimes = await repetitions(first, baseline, batchMilliseconds, warmUpMilliseconds);
  const contenderTimes = await repetitions(first, contender, batchMilliseconds, warmUpMilliseconds);
  const found: Comparison[] = [];
  for (let round = 0; round < rounds; round++) {
    const some = sliceOf(items, round * itemsPerRound, itemsPerRound);
    const before = await batch(some, baseline, baselineTimes);
    const between = await batch(some, contender, contenderTimes);
    const after = await batch(some, baseline, baselineTimes);
    const baselineMicros = (before + after) / 2;
    found.push({ ratio: between / baselineMicros, baselineMicros, contenderMicros: between });
  }
  return {
    ratio: median(found.map(({ ratio }) => ratio)),
    baselineMicros: median(found.map(({ baselineMicros }) => baselineMicros)),
    contenderMicros: median(found.map(({ contenderMicros }) => contenderMicros)),
  };
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Processor microseconds of this process since the mark, all its threads counted: collecting garbage is part of the price. */
export function processorMicros(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}

function sliceOf<Item>(items: readonly Item[], from: number, count: number): Item[] {
  return Array.from({ length: Math.min(count, items.length) }, (_, n) => items[(from + n) % items.length] as Item);
}

/** Warms the work up until it has settled, then says how often it must be repeated to fill a batch. */
async function repetitions<Item>(items: readonly Item[], work: Work<Item>, batchMilliseconds: number, warmUpMilliseconds: number): Promise<number> {
  let times = 1;
  for (let spent = 0; spent < warmUpMilliseconds * 1000; ) {
    const took = (await batch(items, work, times)) * items.length * times;
    spent += took;
    if (took < batchMilliseconds * 1000)
      times = Math.max(times + 1, Math.min(times * 8, Math.ceil((times * batchMilliseconds * 1000) / Math.max(took, 1))));
  }
  return times;
}

let kept: unknown;

/** Microseconds for one item. */
async function batch<Item>(items: readonly Item[], work: Work<Item>, times: number): Promise<number> {
  const mark = process.cpuUsage();
  for (let time = 0; time < times; time++) {
    for (const item of items) {
      kept = work(item);
      if (kept instanceof Promise) await kept;
    }
  }
  return processorMicros(mark) / (items.length * times);
}
