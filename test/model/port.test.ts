import { frontPortOf, localPortOf } from '../../lib/model/port';

const names = Array.from({ length: 2_000 }, (_, index) => `service-${index}`);

test('a callee’s local port follows from its name alone, and never changes', () => {
  expect([localPortOf('pricing'), localPortOf('orders'), localPortOf('ordersDb')]).toEqual([27_837, 29_820, 24_542]);
});

test('local ports stay below the ephemeral ones, front ports apart from the sidecar’s own', () => {
  for (const name of names) {
    expect(localPortOf(name)).toBeGreaterThanOrEqual(20_000);
    expect(localPortOf(name)).toBeLessThan(30_000);
    expect(frontPortOf(name)).toBeGreaterThanOrEqual(16_000);
    expect(frontPortOf(name)).toBeLessThan(20_000);
  }
});

test('names are spread: 100 callees of one caller rarely meet', () => {
  const taken = new Set(names.map(localPortOf));
  expect(taken.size).toBeGreaterThan(1_700);
});
