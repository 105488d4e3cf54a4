import type { Call, Rule } from '../architecture.js';
import { byName } from '../by-name.js';
import { variableName } from '../name.js';
import type { PlainSpec } from '../plain-spec.js';
import { localPortOf } from '../port.js';
import { member } from '../problem.js';
import type { CallSpec } from '../spec.js';
import { mergePolicy, type Written } from './policy.js';
import { everything, rulesOf, writtenAt } from './rule.js';

export const resolveCalls = (spec: PlainSpec): Call[] =>
  byName(spec.services).flatMap(([from, service]) => byName(service.calls).map(([to, call]) => resolveCall(spec, from, to, call ?? {})));

function resolveCall(spec: PlainSpec, from: string, to: string, call: CallSpec<string>): Call {
  const path = member(member(`services.${from}`, 'calls'), to);
  const callers = [writtenAt(call, path), ...usedBy(spec, call)];
  const external = spec.external?.[to];
  const policy = mergePolicy(callers, undefined, writtenAt(spec.mesh?.defaults, 'mesh.defaults'));
  const name = variableName(to);
  return {
    from,
    to,
    kind: external === undefined ? 'service' : 'external',
    path,
    fanOut: call.fanOut ?? 1,
    rules:
      external === undefined
        ? rulesOf(spec, to, callers, call.idempotent)
        : external.protocol === 'tcp'
          ? []
          : [ruleOfExternal(path, policy, call.idempotent)],
    policy: external?.protocol === 'tcp' ? { ...policy, retries: undefined } : policy,
    localPort: call.localPort ?? localPortOf(to),
    variables: { url: call.env?.url ?? `${name}_URL`, host: call.env?.host ?? `${name}_HOST`, port: call.env?.port ?? `${name}_PORT` },
  };
}

/** An external has no rules of its own: one takes every request, to no version. */
export const ruleOfExternal = (path: string, policy: Rule['policy'], idempotent = false): Rule => ({
  path,
  match: everything,
  to: [],
  policy,
  idempotent,
});

const usedBy = (spec: PlainSpec, { use }: CallSpec<string>): Written[] =>
  use === undefined ? [] : [writtenAt(spec.policies?.[use], `policies.${use}`)];
