import { compileSidecar } from '../../../lib/engines/envoy/index.js';
import { type Architecture, type BalanceSpec, defineArchitecture, resolve } from '../../../lib/index.js';
import { Trial } from './trial.js';

/** Callers differ in what the callee says of balance; the callee's own sidecars do not. */
const saying = (balance: BalanceSpec): Architecture =>
  resolve(
    defineArchitecture({
      name: 'trial',
      services: {
        client: { image: 'client', calls: { sessions: {} } },
        sessions: {
          listen: { protocol: 'http', port: 8080 },
          versions: { steady: { image: 'sessions:1' }, fresh: { image: 'sessions:2' } },
          traffic: { steady: 70, fresh: 30 },
          balance,
        },
      },
    }),
  );
const callers: Record<string, Architecture> = {
  byHeader: saying({ hash: { header: 'x-user' } }),
  byCookie: saying({ hash: { cookie: 'session' }, table: 'maglev' }),
  byCaller: saying({ hash: 'caller' }),
};
const at = (port: number) => ({ address: '127.0.0.1', port });
const instances = ['steady-1', 'steady-2', 'fresh-1'];

let trial: Trial;
const local = new Map<string, number>();

beforeAll(async () => {
  const architecture = callers['byHeader']!;
  trial = await Trial.of(architecture);
  const inbound = new Map(instances.map((name) => [name, trial.port()]));
  for (const name of Object.keys(callers)) local.set(name, trial.port());
  const versionOf = (name: string) => `sessions-${name.split('-')[0]}`;
  const callee = async (name: string) => {
    const app = await trial.app((_, answer) => answer.end(name));
    const version = architecture.services.find((each) => each.name === 'sessions')!.versions.find(({ id }) => id === versionOf(name))!;
    return [name, compileSidecar(architecture, version, trial.placement(name, { inbound: at(inbound.get(name)!), app: at(app.port) }))];
  };
  const caller = ([name, of]: readonly [string, Architecture]) => [
    name,
    compileSidecar(
      of,
      of.services.find((each) => each.name === 'client')!.versions[0]!,
      trial.placement(name, {
        local: () => at(local.get(name)!),
        endpoints: ({ id }) => ({ addresses: instances.filter((each) => versionOf(each) === id).map((each) => at(inbound.get(each)!)) }),
      }),
    ),
  ];
  await trial.start(Object.fromEntries([...(await Promise.all(instances.map(callee))), ...Object.entries(callers).map(caller)]));
});

afterAll(() => trial.stop());

/** Who answers, one request after the other; each once. */
async function met(amount: number, from: string, headers: Record<string, string> = {}): Promise<string[]> {
  const answers = new Set<string>();
  for (let request = 0; request < amount; request += 1) {
    const { status, body } = await trial.send({ port: local.get(from)!, path: '/', headers });
    answers.add(status === 200 ? body : String(status));
  }
  return [...answers].sort();
}

test.each([
  ['header', 'byHeader', (user: number) => ({ 'x-user': `user ${user}` })],
  ['cookie', 'byCookie', (user: number) => ({ cookie: `session=s${user}` })],
] as const)('[balancing] who is told apart by a %s stays with one version, and they are split by its weight', async (_, from, headers) => {
  const each: string[][] = [];
  for (let user = 0; user < 60; user += 1) each.push(await met(3, from, headers(user)));
  expect(each.filter((answers) => answers.length > 1)).toEqual([]);
  expect([...new Set(each.flat())].sort()).toEqual(['fresh-1', 'steady-1', 'steady-2']);
  const fresh = each.filter(([first]) => first === 'fresh-1').length;
  expect(fresh).toBeGreaterThan(60 * 0.15); // 30 % of 60 are 18
  expect(fresh).toBeLessThan(60 * 0.45);
});

test('[balancing] who brings no such header is drawn anew each time', async () => {
  expect(await met(60, 'byHeader')).toEqual(['fresh-1', 'steady-1', 'steady-2']);
});

test('[balancing] the requests of one caller are split by weight all the same, and meet one instance of each version', async () => {
  const [first, second, ...more] = await met(60, 'byCaller');
  expect([first, second, ...more]).toEqual(['fresh-1', expect.stringMatching(/^steady-[12]$/)]);
});
