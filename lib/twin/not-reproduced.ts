import type { Architecture, Service } from '../model/architecture/index.js';

/** What a twin lets through, by name. */
type Through = { has(name: string): boolean };

/**
 * What runs another way here than on AWS, or not at all: differences that a green run says nothing about. Of this architecture alone, the general first; a line each.
 */
export function notReproduced(architecture: Architecture, reached: Through = new Set()): string[] {
  const { services, gateways, externals, authorizers, observability, mtls } = architecture;
  const called = (which: readonly { readonly name: string }[]) => which.map(({ name }) => name);
  const own = services.filter(({ versions }) => versions.some(({ run }) => run !== undefined));
  const stubs = services.filter(({ versions }) => versions.some(({ run }) => run === undefined));
  const pulledFrom = new Set(services.flatMap(({ consumes }) => consumes));
  const stubExternals = externals.filter(({ name }) => !reached.has(name) && !pulledFrom.has(name));
  const intercepted = services.filter(({ interception }) => interception !== undefined);
  const scheduled = services.filter(({ schedule }) => schedule !== undefined);
  const pulling = stubs.filter(({ consumes }) => consumes.length > 0);
  const zoned = services.filter(({ zones }) => zones !== undefined);
  const anyMethod = gateways
    .filter(({ kind }) => kind === 'rest')
    .flatMap(({ routes }) => routes.filter(({ method }) => method === undefined).map(({ key }) => key));
  return [
    ...(gateways.length === 0 ? [] : [`API Gateway itself: an Envoy stands in for ${names(called(gateways))}`]),
    ...(anyMethod.length === 0 ? [] : [`the throttle of ${names(anyMethod)} for each method: here all methods share one`]),
    'security groups, task isolation, IAM, DNS, real latency, the order in which ECS stops a task',
    ...(services.some(scales) ? ['autoscaling: there are as many instances as --instances and the buttons of the page say'] : []),
    ...(stubs.length === 0
      ? []
      : stubs.length === 1
        ? [`the app of ${names(called(stubs))}: a stub, which makes the declared calls`]
        : [`the apps of ${names(called(stubs))}: stubs, which make the declared calls`]),
    ...(own.length === 0
      ? []
      : [
          `the ${own.length === 1 ? 'image' : 'images'} of ${names(called(own))}: ${own.length === 1 ? 'a program' : 'programs'} of this machine, which can reach whatever it can`,
        ]),
    ...(stubExternals.length === 0
      ? []
      : [`${names(called(stubExternals))}: ${stubExternals.length === 1 ? 'a stub' : 'stubs'} of the twin`]),
    ...(authorizers.length === 0 ? [] : [`who issues tokens for ${names(called(authorizers))}: the twin signs its own`]),
    ...(intercepted.length === 0
      ? []
      : [`the interception of ${names(called(intercepted))}: they ask on 127.0.0.1, and what is not declared is not refused`]),
    ...scheduled.map(({ name, schedule }) => `the schedule of ${name}, ${schedule}: it runs by "run once" on the page`),
    ...pulling.map(({ name, consumes }) => `${names(consumes)}: no message comes to ${name}`),
    ...(zoned.length === 0 ? [] : [`availability zones: instances of ${names(called(zoned))} stand for a, b and c by turns`]),
    ...uncounted(architecture, reached),
    ...(mtls.mode === 'permissive' ? [`the addresses of ${names(called(mtls.clients))}: each has a loopback address of its own`] : []),
    ...(observability.metrics === 'network' ? ['the network from which statistics can be read: here only this machine'] : []),
    ...(observability.traces === undefined || (observability.traces.to !== undefined && reached.has(observability.traces.to))
      ? []
      : ['who collects traces: they go nowhere']),
  ];
}

/** Without who counts, global limits do here what they do on such a day. */
function uncounted({ services, rateLimitService }: Architecture, reached: Through): string[] {
  if (rateLimitService === undefined || reached.has(rateLimitService.to)) return [];
  const limited = (unavailable: 'admit' | 'refuse') =>
    services.filter(({ globalRateLimit, rules }) =>
      [globalRateLimit, ...rules.map((rule) => rule.globalRateLimit)].some((limit) => limit?.unavailable === unavailable),
    );
  const [admitting, refusing] = [limited('admit'), limited('refuse')].map((each) => each.map(({ name }) => name)) as [string[], string[]];
  return [
    ...(admitting.length === 0 ? [] : [`who counts for all instances: what ${names(admitting)} would limit passes`]),
    ...(refusing.length === 0 ? [] : [`who counts for all instances: what ${names(refusing)} would limit is answered 503`]),
  ];
}

const scales = ({ versions }: Service): boolean => versions.some(({ scale }) => scale.max > scale.min);

/** At most so many are named. */
const most = 6;

function names(all: readonly string[]): string {
  const [last, ...rest] = [...all.slice(0, most)].reverse();
  const more = all.length - most;
  if (more > 0) return `${all.slice(0, most).join(', ')} and ${more} more`;
  return rest.length === 0 ? (last ?? '') : `${rest.reverse().join(', ')} and ${last}`;
}
