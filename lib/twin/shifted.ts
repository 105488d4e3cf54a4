import type { Architecture, Rule, Service, Split } from '../model/architecture/index.js';

/** The architecture with another split of a service's traffic, and of every rule that follows it. A rule that says `to` keeps what it says. */
export function shifted(architecture: Architecture, service: Service, traffic: readonly Split[]): Architecture {
  const moved = (rules: readonly Rule[]): Rule[] => rules.map((rule) => (rule.followsTraffic ? { ...rule, to: traffic } : rule));
  return {
    ...architecture,
    services: architecture.services.map((each) => (each.name === service.name ? { ...each, traffic, rules: moved(each.rules) } : each)),
    calls: architecture.calls.map((call) =>
      call.kind === 'service' && call.to === service.name ? { ...call, rules: moved(call.rules) } : call,
    ),
    gateways: architecture.gateways.map((gateway) => ({
      ...gateway,
      routes: gateway.routes.map((route) => {
        const { target } = route;
        if (target.kind !== 'service' || target.name !== service.name) return route;
        return { ...route, target: { ...target, rules: moved(target.rules) } };
      }),
    })),
  };
}

/** The same splits, with the versions that they leave out at weight 0: every Envoy then knows where all versions are, and traffic can shift to any. */
export function withEveryVersion(architecture: Architecture): Architecture {
  return architecture.services.reduce((all, service) => shifted(all, service, complete(service)), architecture);
}

const complete = ({ versions, traffic }: Service): Split[] =>
  versions.map(({ id }) => ({ version: id, weight: traffic.find(({ version }) => version === id)?.weight ?? 0 }));
