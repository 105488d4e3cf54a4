import { check, type Finding } from '../../lib/checks/index.js';
import { parseArchitecture, resolve } from '../../lib/index.js';
import { gateway, service } from './build.js';

type Data = Record<string, unknown>;
const authorizers = { staff: { kind: 'jwt', issuer: 'https://id.example/', audience: ['test'] } };
const entry = gateway({ 'GET /': { to: 'orders' } });
const called = (call: object, stock: object = {}) => ({
  services: { orders: service({ calls: { stock: call } }), stock: service(stock) },
  ...entry,
});

/** One wrong architecture for each check whose fix is a patch. */
const broken: Readonly<Record<string, Data>> = {
  'timeout-covers-retries': called({ timeout: '250ms', idempotent: true, retries: { max: 2, perTry: '100ms', on: ['timeout'] } }),
  'per-try-needs-timeout-event': {
    ...called({ use: 'eager', idempotent: true }),
    policies: { eager: { retries: { max: 1, perTry: '100ms', on: ['unavailable'] } } },
  },
  'retries-have-another-instance': called({}, { versions: { v1: {} }, scale: { min: 1, max: 1, requestsPerSecond: 9 } }),
  'routes-have-auth': { services: { orders: service() }, authorizers, ...gateway({ 'GET /': { to: 'orders' } }, { auth: undefined }) },
  'gateway-timeout-fits': { services: { orders: service() }, ...gateway({ 'GET /': { to: 'orders', timeout: '40s' } }) },
  'gateway-has-what-routes-need': {
    services: { orders: service() },
    ...gateway({ 'GET /': { to: 'orders' }, 'GET /up': { respond: { status: 200 } } }, { kind: 'http' }),
  },
};

const findings = (data: Data): readonly Finding[] => check(resolve(parseArchitecture({ name: 'test', ...data }))).findings;

/** `gateways.web.routes["GET /"].auth` as its members. */
const members = (path: string): string[] =>
  [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) => quoted ?? index ?? name!);

/** What people would do: open the place, write the line. */
function apply(data: Data, { set, to }: { set: string; to: string }): Data {
  const copy = JSON.parse(JSON.stringify(data)) as Data;
  const path = members(set);
  const last = path.pop()!;
  let place = copy;
  for (const member of path) {
    place[member] ??= {};
    place = place[member] as Data;
  }
  place[last] = JSON.parse(to.replace(/(\w+):/g, '"$1":').replaceAll("'", '"'));
  return copy;
}

test.each(Object.entries(broken))('the fix of %s is a line that can be written there, and removes the finding', (id, data) => {
  const [finding] = findings(data).filter((each) => each.check === id);
  if (finding === undefined || typeof finding.fix === 'string') throw new Error(`${id} has no patch here: ${JSON.stringify(finding)}`);
  const left = findings(apply(data, finding.fix));
  expect(left.filter((each) => each.check === id)).toEqual([]);
});
