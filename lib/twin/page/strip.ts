import { count } from '../../count.js';
import type { Health } from './health.js';
import type { EdgeLive, Live } from './live.js';
import type { Topology } from './topology.js';
import { showRate } from './words.js';

/** `4 services, 12 requests/s, 0 failed, all calls mTLS`: the answer, before any picture. */
export function strip(topology: Topology, { edges, instances, seconds }: Live): { readonly text: string; readonly health: Health } {
  const services = topology.boxes.filter(({ kind }) => kind === 'service' || kind === 'worker').length;
  const entries = topology.edges.some(({ kind }) => kind === 'clients') ? 'clients' : 'call';
  const entering = edges.filter((_, index) => topology.edges[index]?.kind === entries);
  const rate = entering.reduce<number | undefined>(
    (all, { perSecond }) => (perSecond === undefined ? undefined : (all ?? 0) + perSecond),
    undefined,
  );
  const failed = entering.reduce((all, each) => all + each.failed, 0);
  const staying = instances.filter(({ leaving }) => !leaving);
  const harmed = staying.filter(({ health }) => health !== 'healthy').length;
  const text = [
    count(services, 'service'),
    showRate(seconds === 0 ? undefined : (rate ?? 0), ' requests'),
    `${failed} failed`,
    secured(topology, edges),
    ...(harmed === 0 ? [] : [`${harmed} of ${count(staying.length, 'instance')} not well`]),
  ];
  const worst = (['failing', 'degraded', 'healthy', 'idle'] as const).find((health) => entering.some((edge) => edge.health === health));
  return { text: text.join(', '), health: worst ?? 'idle' };
}

/** What is declared, and whether it is so: a call that carried requests without a single handshake would not be. */
function secured({ edges }: Topology, live: readonly EdgeLive[]): string {
  const inside = edges.flatMap((edge, index) =>
    edge.kind === 'clients' || edge.kind === 'consumes' || edge.to.startsWith('external/') ? [] : [{ edge, live: live[index] }],
  );
  const naked = inside.filter((each) => each.edge.security !== 'mtls' || answeredUnproven(each.live)).length;
  const plain = edges.filter(({ to, security }) => to.startsWith('external/') && security === 'plain').length;
  const mesh = naked === 0 ? 'all calls mTLS' : `${naked} of ${count(inside.length, 'call')} without mTLS`;
  return plain === 0 ? mesh : `${naked === 0 ? 'all calls inside mTLS' : mesh}, ${plain} plain to the outside`;
}

/** A request that fails may not even have found a connection; one that does not has to have gone over one. */
const answeredUnproven = (edge: EdgeLive | undefined): boolean => edge?.health === 'healthy' && edge.handshakes === 0;
