import type { Call } from '../architecture/index.js';
import { byName } from '../by-name.js';
import { parseCallee } from '../callee.js';
import { variableName } from '../name.js';
import { localPortOf } from '../port.js';
import { member } from '../problem.js';
import { speaks } from '../protocol.js';
import type { CallSpec } from '../spec/index.js';
import type { PlainSpec } from '../spec/plain.js';
import { defaultsOf } from './defaults.js';
import { faultsOf } from './faults.js';
import { mergePolicy } from './policy.js';
import { listenAt } from './port.js';
import { connecting } from './resilience.js';
import { metBy, ruleForAll, rulesOf, writtenAt } from './rule.js';
import type { Written } from './written.js';

export const resolveCalls = (spec: PlainSpec): Call[] =>
  byName(spec.services).flatMap(([from, service]) =>
    byName(service.calls).map(([callee, call]) => resolveCall(spec, from, callee, call ?? {})),
  );

function resolveCall(spec: PlainSpec, from: string, callee: string, call: CallSpec<string>): Call {
  const path = member(member(`services.${from}`, 'calls'), callee);
  const { name: to, port } = parseCallee(callee);
  const callers = [writtenAt(call, path), ...usedBy(spec, call)];
  const external = spec.external?.[to];
  const protocol = external?.protocol ?? listenAt(spec.services![to]!, port).protocol;
  const spoken = speaks(protocol);
  const defaults = defaultsOf(spec, protocol);
  const policy = mergePolicy(callers, undefined, defaults);
  const faults = faultsOf(call.faults, path);
  const name = variableName(callee);
  return {
    from,
    to,
    port,
    callee,
    kind: external === undefined ? 'service' : 'external',
    path,
    speaks: spoken,
    fanOut: call.fanOut ?? 1,
    rules:
      spoken === 'tcp'
        ? []
        : external === undefined
          ? metBy(rulesOf(spec, to, callers, { idempotent: call.idempotent, faults, port }), from)
          : [ruleForAll(path, policy, call.idempotent, faults)],
    policy: spoken === 'tcp' ? connecting(policy) : policy,
    pool: { ...defaults.pool, ...call.pool },
    failover: [call.failover ?? []].flat(),
    localPort: call.localPort ?? localPortOf(callee),
    variables: { url: call.env?.url ?? `${name}_URL`, host: call.env?.host ?? `${name}_HOST`, port: call.env?.port ?? `${name}_PORT` },
  };
}

const usedBy = (spec: PlainSpec, { use }: CallSpec<string>): Written[] =>
  use === undefined ? [] : [writtenAt(spec.policies?.[use], `policies.${use}`)];
