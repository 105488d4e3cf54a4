import { count } from '../count.js';
import type { Architecture, Call, Listener, ModelPath, OutlierDetection, Pool, Rule, Service } from '../model/architecture/index.js';
import { showCallee } from '../model/callee.js';
import { showDuration } from '../model/duration.js';
import { showWay } from './action-wording.js';
import { externalSection } from './external.js';
import { trustDomainOf } from './facts.js';
import { globalRateLimitSection } from './global-rate-limit.js';
import { interceptionSection } from './interception.js';
import { and, code, crowd, page, plain, table } from './markdown.js';
import { accessInWords, mtlsInWords } from './mtls.js';
import { observabilityInWords } from './observability.js';
import { promisesSection } from './promises.js';
import { rateLimitSection } from './rate-limit.js';
import { callExtras, serviceExtras, showPanic } from './resilience.js';
import { tokenSection } from './tokens.js';
import {
  byRule,
  protocol,
  showCaller,
  showConnections,
  showDenied,
  showMatch,
  showOutliers,
  showPool,
  showRequests,
  showScale,
  showSplit,
  showTries,
} from './wording.js';

/** Who may call whom, with what policy, and where each value comes from. */
export function meshPage(architecture: Architecture): string {
  const { name, services, calls } = architecture;
  if (services.length === 0) return page([`# ${name}: mesh`, 'There is no service, so there is no mesh.']);
  const versioned = services.filter(({ versions, rules }) => versions.length > 1 || rules.length > 1);
  const observed = observabilityInWords(architecture);
  return page([
    `# ${name}: mesh`,
    summary(architecture),
    '## Calls',
    calls.length === 0
      ? 'No service calls another.'
      : 'Timeouts are for the whole answer, all tries together. A try after `unprocessed` repeats what never reached the app.',
    table(['call', 'requests', 'timeout', 'total tries', 'fan-out'], calls.flatMap(callRows)),
    table(['call', 'besides', ''], callExtras(architecture)),
    '## Access',
    accessInWords(architecture),
    table(['service', 'admits', 'for'], services.flatMap(allAccessRows)),
    '## Services',
    `Identities are \`spiffe://${trustDomainOf(architecture)}\` and the path below; one for all versions of a service.`,
    table(
      ['service', 'identity', 'listens', 'instances', 'domain', 'owner'],
      services.map((service) => serviceRow(service, architecture.trustDomain)),
    ),
    promisesSection(architecture),
    versioned.length === 0 ? undefined : '## Versions and rules',
    versioned.length === 0 ? undefined : 'The first rule that matches takes the request.',
    table(['service', 'request', 'goes to', 'may be repeated'], versioned.flatMap(ruleRows)),
    services.some(({ listen }) => listen !== undefined) ? '## Overload and failing instances' : undefined,
    ...limits(services),
    table(['service', 'besides', ''], serviceExtras(architecture)),
    ...tokenSection(architecture),
    ...rateLimitSection(architecture),
    ...globalRateLimitSection(architecture),
    observed === undefined ? undefined : '## Observability',
    observed,
    interceptionSection(architecture),
    externalSection(architecture),
  ]);
}

function summary(architecture: Architecture): string {
  const { services, calls } = architecture;
  const workers = services.filter(({ listen }) => listen === undefined).map(({ name }) => name);
  const narrowed = services.filter(({ accessDeclared }) => accessDeclared).map(({ name }) => name);
  return [
    `${count(services.length, 'service')}${workers.length === 0 ? '' : ` (${and(workers)} ${workers.length === 1 ? 'is a worker: it calls' : 'are workers: they call'} and ${workers.length === 1 ? 'is' : 'are'} never called)`}, ${count(calls.length, 'declared call')}.`,
    mtlsInWords(architecture),
    ...(architecture.compatibility === undefined ? [] : [profileInWords]),
    narrowed.length === 0
      ? 'Every declared caller may send any request to its callees.'
      : `${and(narrowed)} ${narrowed.length === 1 ? 'narrows' : 'narrow'} what callers may ask for.`,
  ].join(' ');
}

const profileInWords =
  '**What nobody says is as App Mesh had it** (`mesh.compatibility`): long timeouts, more tries, no retry budget, no limits at services, no instance left alone. What may not be repeated is not tried again once an app has seen it.';

/** One row for a call, or one for each rule of the callee where policies differ. */
function callRows(call: Call): string[][] {
  const name = `${call.from} → ${call.callee}`;
  const fanOut = String(call.fanOut);
  if (call.rules.length === 0)
    return [
      [
        name,
        'TCP connections',
        `${showDuration(call.policy.timeout)} to connect${source(call.policy.from.timeout, call.path)}`,
        count(1 + (call.policy.retries?.max ?? 0), 'try', 'tries'),
        fanOut,
      ],
    ];
  const words = ({ policy, action }: Rule) =>
    action.answer !== undefined
      ? ['answered by the sidecar', '–']
      : [
          `${showDuration(policy.timeout)}${source(policy.from.timeout, call.path)}`,
          `${showTries(policy)}${source(policy.from.retries, call.path)}`,
        ];
  return byRule(call.rules, (rule) => words(rule).join('\n')).map(({ where, is }, index) => [
    index === 0 ? name : '',
    where === undefined ? 'any' : code(where),
    ...is.split('\n'),
    fanOut,
  ]);
}

/** Where a value was written, if not at the call itself. */
function source(from: ModelPath, call: ModelPath): string {
  if (from.startsWith(`${call}.`)) return '';
  return from === 'default' ? ' (default)' : ` (${code(from)})`;
}

/** A service's, then those of its further ports. */
const allAccessRows = (service: Service): string[][] => [
  ...accessRows(service),
  ...service.ports.flatMap(({ name: port, listen, admits }) =>
    accessRows({ name: showCallee({ name: service.name, port }), listen, admits }),
  ),
];

function accessRows(service: Pick<Service, 'name' | 'listen' | 'admits'>): string[][] {
  if (service.listen === undefined) return [];
  if (service.admits.length === 0) return [[service.name, '**nobody**', '']];
  return service.admits.map((admission, index) => [
    index === 0 ? service.name : '',
    showCaller(admission),
    [
      admission.requests === undefined ? 'any request' : listed(showRequests(admission)),
      ...(admission.denied.length === 0 ? [] : [`but not ${listed(showDenied(admission))}`]),
    ].join(', '),
  ]);
}

const listed = (requests: string): string => requests.split(', ').map(code).join(', ');

function serviceRow(service: Service, trustDomain: string): string[] {
  const { name, identity, listen, ports, domain, owner } = service;
  const further = ports.map((port) => `; ${port.name}: ${protocol[port.listen.protocol]}, port ${port.listen.port}`).join('');
  const listens = listen === undefined ? 'no, a worker' : `${protocol[listen.protocol]}, port ${listen.port}${further}`;
  return [
    name,
    code(identity.replace(`spiffe://${trustDomain}`, '')),
    listens,
    showScale(service),
    plain(domain ?? ''),
    plain(owner ?? ''),
  ];
}

function ruleRows(service: Service): string[][] {
  if (service.listen?.protocol === 'tcp') return [[service.name, 'connections', showSplit(service.traffic, service), '']];
  return service.rules.map((rule, index) => [
    index === 0 ? service.name : '',
    index === service.rules.length - 1 && index > 0 && showMatch(rule.match) === 'any request'
      ? 'any other request'
      : code(showMatch(rule.match)),
    plain(showWay(rule, service)),
    rule.idempotent ? 'yes' : '',
  ]);
}

/** More than this would crowd out the rest of the page. */
const mostLimits = 15;

/** Services with the same limits share a line. */
function limits(services: readonly Service[]): string[] {
  const listening = services.filter(({ listen }) => listen !== undefined);
  const words = new Map<string, string[]>();
  for (const { name, pool, outlierDetection, listen, panic } of listening) {
    const text = limitsInWords(pool, outlierDetection, listen!, panic);
    words.set(text, [...(words.get(text) ?? []), name]);
  }
  const lines = [...words].map(([text, names]) => `**${crowd(names)}**: ${text}`);
  const left = lines.length - mostLimits;
  return left > 0
    ? [...lines.slice(0, mostLimits), `${count(left, 'more setting')} not shown: [facts.json](facts.json) has them all.`]
    : lines;
}

const limitsInWords = (pool: Pool, outliers: OutlierDetection | undefined, listen: Listener, panic: number): string =>
  `an instance takes ${showPool(pool, listen.protocol)}${listen.protocol === 'tcp' ? `, each ${showConnections(listen)}` : ''}; ${showOutliers(outliers)}; ${showPanic(panic)}.`;
