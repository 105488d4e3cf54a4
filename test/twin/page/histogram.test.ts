import fc from 'fast-check';
import { quantile, since, sum } from '../../../lib/twin/page/histogram.js';
import { parseReading } from '../../../lib/twin/page/reading.js';

const buckets = (...counts: number[]) => counts.map((count, index) => ({ upTo: [1, 5, 10, 100][index]!, count }));

test('requests are spread evenly inside a bucket', () => {
  expect(quantile(buckets(0, 10, 10, 10), 0.5)).toBe(3);
  expect(quantile(buckets(5, 10, 10, 10), 0.5)).toBe(1);
  expect(quantile(buckets(50, 90, 99, 100), 0.99)).toBe(10);
  expect(quantile(buckets(50, 90, 99, 100), 1)).toBe(100);
});

test('there is no time where there was no request', () => {
  expect(quantile([], 0.5)).toBeUndefined();
  expect(quantile(buckets(0, 0, 0, 0), 0.99)).toBeUndefined();
});

test('histograms of several Envoys add up, and what was counted before is left out', () => {
  expect(sum([buckets(1, 2, 3, 4), buckets(10, 20, 30, 40)])).toEqual(buckets(11, 22, 33, 44));
  expect(since(buckets(5, 6, 7, 8), buckets(1, 2, 3, 4))).toEqual(buckets(4, 4, 4, 4));
  expect(since(buckets(1, 1, 1, 1), buckets(9, 9, 9, 9))).toEqual(buckets(0, 0, 0, 0)); // an Envoy that was started again
});

test('a quantile lies in the bucket of its request, and a higher share is never faster', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { minLength: 4, maxLength: 4 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (grown, share) => {
      const counts = grown.map((_, index) => grown.slice(0, index + 1).reduce((all, each) => all + each, 0));
      const found = quantile(buckets(...counts), share);
      if (counts.at(-1) === 0) return found === undefined;
      const index = counts.findIndex((count) => count >= share * counts.at(-1)!);
      const bounds = [0, 1, 5, 10, 100];
      return found! >= bounds[index]! && found! <= bounds[index + 1]! && found! <= quantile(buckets(...counts), 1)!;
    }),
  );
});

test("Envoy's own JSON is read, with its way of writing large bounds", () => {
  const { numbers, histograms } = parseReading(
    `{"stats":[{"name":"http.to/b.downstream_rq_total","value":7},{"name":"x","value":"text"},
      {"histograms":[{"name":"http.to/b.downstream_rq_time","buckets":[{"upper_bound":0.5,"interval":0,"cumulative":3},{"upper_bound":3e+05,"interval":0,"cumulative":7}]}]}]}`,
  );
  expect([...numbers]).toEqual([['http.to/b.downstream_rq_total', 7]]);
  expect(histograms.get('http.to/b.downstream_rq_time')).toEqual([
    { upTo: 0.5, count: 3 },
    { upTo: 300_000, count: 7 },
  ]);
});
