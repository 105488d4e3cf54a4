import type { Bucket } from './reading.js';

/** Several histograms with the same bounds, as one. */
export function sum(histograms: readonly (readonly Bucket[])[]): readonly Bucket[] {
  const counts = new Map<number, number>();
  for (const { upTo, count } of histograms.flat()) counts.set(upTo, (counts.get(upTo) ?? 0) + count);
  return [...counts].sort(([one], [other]) => one - other).map(([upTo, count]) => ({ upTo, count }));
}

/** What was counted since an earlier reading. */
export function since(now: readonly Bucket[], before: readonly Bucket[]): readonly Bucket[] {
  const earlier = new Map(before.map(({ upTo, count }) => [upTo, count]));
  return now.map(({ upTo, count }) => ({ upTo, count: Math.max(0, count - (earlier.get(upTo) ?? 0)) }));
}

/**
 * The time that this share of the requests took at most, in milliseconds: as if requests were spread evenly inside a bucket. Undefined where there was none.
 *
 * @param share such as 0.99
 */
export function quantile(buckets: readonly Bucket[], share: number): number | undefined {
  const all = buckets.at(-1)?.count ?? 0;
  if (all === 0) return undefined;
  const rank = share * all;
  let lower: Bucket = { upTo: 0, count: 0 };
  for (const bucket of buckets) {
    if (bucket.count >= rank && bucket.count > lower.count) {
      return lower.upTo + ((rank - lower.count) / (bucket.count - lower.count)) * (bucket.upTo - lower.upTo);
    }
    lower = bucket;
  }
  return lower.upTo;
}
