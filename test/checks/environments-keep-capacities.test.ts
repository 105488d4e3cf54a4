import { environmentsKeepCapacities } from '../../lib/checks/environments-keep-capacities.js';
import { architecture, found, service } from './build.js';

const catalog = (own: object, services: object) =>
  architecture({ catalog: service(own) }, { environments: { prod: { production: true, services }, staging: {} } });
const scale = { min: 2, max: 20, requestsPerSecond: 400 };

test('a scale of an environment that leaves out what an instance carries is found, whichever environment is asked about', () => {
  expect(found(environmentsKeepCapacities, catalog({ scale }, { catalog: { scale: { min: 6, max: 60 } } }))).toEqual([
    {
      at: 'services.catalog.scale',
      is: 'an instance of catalog carries 400/s, and environments.prod replaces its scale as a whole, without `requestsPerSecond`',
      fix: { set: 'environments.prod.services.catalog.scale.requestsPerSecond', to: '400' },
    },
  ]);
});

test("a version's own scale counts before its service's", () => {
  const versions = { v1: { scale: { min: 1, max: 2, requestsPerSecond: 70 } }, v2: {} };
  const replaced = { catalog: { versions: { v1: { scale: { min: 3, max: 4 } }, v2: { scale: { min: 3, max: 4 } } } } };
  expect(found(environmentsKeepCapacities, catalog({ scale, versions, traffic: { v1: 100 } }, replaced))).toEqual([
    expect.objectContaining({
      at: 'services.catalog.versions.v1.scale',
      is: expect.stringContaining('an instance of catalog-v1 carries 70/s'),
      fix: { set: 'environments.prod.services.catalog.versions.v1.scale.requestsPerSecond', to: '70' },
    }),
    expect.objectContaining({
      at: 'services.catalog.versions.v2.scale',
      fix: { set: 'environments.prod.services.catalog.versions.v2.scale.requestsPerSecond', to: '400' },
    }),
  ]);
});

test('another number holds', () => {
  const other = { catalog: { scale: { min: 6, max: 60, requestsPerSecond: 250 } } };
  expect(found(environmentsKeepCapacities, catalog({ scale }, other))).toEqual([]);
});
test('where nobody says what an instance carries, nothing is lost', () => {
  const unsaid = { scale: { min: 2, max: 20 } };
  expect(found(environmentsKeepCapacities, catalog(unsaid, { catalog: { scale: { min: 6, max: 60 } } }))).toEqual([]);
});
test('nor where an environment replaces something else', () => {
  expect(found(environmentsKeepCapacities, catalog({ scale }, { catalog: { image: 'acme/catalog:2' } }))).toEqual([]);
});
