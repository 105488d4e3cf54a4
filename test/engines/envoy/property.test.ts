import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import type { Bootstrap } from '../../../lib/engines/envoy/json.js';
import { parseArchitecture, resolve } from '../../../lib/index.js';
import { takenByRe2 } from '../../model/check/taken-by-re2.js';
import { configurationsOf } from './any/configurations.js';
import { Judge } from './any/judge.js';
import { assertAccepted, changed, valid } from './any/property.js';
import { everywhere } from './everywhere.js';
import { mesh } from './mesh.js';

/** The same cases each time, so that only a change of ours can make this fail; `npm run test:property` tries others. */
const plan = { runs: 100, seed: 1 };

let judge: Judge;
beforeAll(async () => {
  judge = await Judge.appoint();
});
afterAll(() => judge.dismiss());

test('whatever is declared and valid, in whatever environment, compiles to what the real Envoy takes without a warning', () => {
  expect(assertAccepted(judge, valid, plan).accepted).toBeGreaterThan(90);
});

test('whatever is done to a valid declaration, it is refused with its problems, or compiles to what the real Envoy takes', () => {
  const { accepted, refused } = assertAccepted(judge, changed, plan);
  expect(Math.min(accepted, refused)).toBeGreaterThan(5);
});

test('every regular expression that the model takes, and a path of any length with a parameter, are taken by the real Envoy', () => {
  const paths = [...takenByRe2.map((regex) => ({ regex })), `/${'long/'.repeat(60)}{id}`, { regex: '[a-z]{1000}' }];
  const architecture = resolve(
    parseArchitecture({
      name: 'expressions',
      services: {
        asked: { listen: { protocol: 'http', port: 8080 }, routes: paths.map((path) => ({ match: { path } })) },
        asking: { calls: { asked: {} } },
      },
    }),
  );
  expect(judge.objection(configurationsOf(architecture, judge.files, true).get('asking')!)).toBeUndefined();
});

test('the real Envoy is asked indeed, also of many configurations at once', () => {
  const roots = { filename: judge.files.roots };
  const [first, second] = mesh.services.map(({ versions }) =>
    compileSidecar(mesh, versions[0]!, { ...everywhere, ...judge.files, external: (each) => ({ ...everywhere.external(each), roots }) }),
  );
  const broken = JSON.parse(JSON.stringify(second).replaceAll('"cluster":"local/app"', '"cluster":"elsewhere"')) as Bootstrap;
  expect(judge.takesAll([first!, second!])).toBe(true);
  expect(judge.takesAll([first!, broken])).toBe(false);
  expect(judge.objection(broken)).toContain("unknown cluster 'elsewhere'");
});
