import { byPath } from '../../lib/model/by-path.js';

const sorted = (...paths: string[]) => [...paths].sort(byPath);

test('places in a list count as numbers', () => {
  expect(sorted('routes[10].to', 'routes[2].to', 'routes[2]', 'routes[1].failover[10]', 'routes[1].failover[9]', 'routes')).toEqual([
    'routes',
    'routes[1].failover[9]',
    'routes[1].failover[10]',
    'routes[2]',
    'routes[2].to',
    'routes[10].to',
  ]);
});

test('the rest is text, numbers in names too', () => {
  expect(sorted('services.v2', 'services.v10', '', 'routes["GET /b[9]"]', 'routes["GET /a"]')).toEqual([
    '',
    'routes["GET /a"]',
    'routes["GET /b[9]"]',
    'services.v10',
    'services.v2',
  ]);
});

test('the same path is the same', () => expect(byPath('routes[1].to', 'routes[1].to')).toBe(0));
test('a list comes before its places', () => {
  expect(byPath('routes[1]', 'routes')).toBeGreaterThan(0);
  expect(byPath('routes', 'routes[1]')).toBeLessThan(0);
});
