import { count } from '../../count.js';
import type { AppState } from '../own-app.js';
import { mayGrow, mayShrink } from './crew.js';
import { editionsOf } from './edition.js';
import type { Health } from './health.js';
import type { BoxLive, EdgeLive, InstanceLive, Live, VersionLive } from './live.js';
import type { Face } from './sent.js';
import { strip } from './strip.js';
import type { Box, Edge, Topology } from './topology.js';
import { glyph, securityWord, short, showRate, showTime, widthOf } from './words.js';

/**
 * @param declared what the strip counts
 * @param topology with what coarser pictures have besides: the declared edges first
 */
export function face(declared: Topology, topology: Topology, live: Live): Face {
  const texts: Record<string, string> = {};
  const states: Record<string, Health> = {};
  const widths: Record<string, number> = {};
  const labels: Record<string, string> = {};
  const enabled: Record<string, boolean> = {};
  const whole = strip(declared, live);
  texts['strip'] = whole.text;
  states['strip'] = whole.health;
  texts['strip/glyph'] = glyph[whole.health];
  texts['seconds'] = live.seconds === 0 ? 'measuring' : `last ${Math.round(live.seconds)} s`;
  texts['certificates'] = live.certificates === 1 ? 'the first ones' : `exchanged ${live.certificates - 1} times`;
  topology.edges.forEach((edge, index) => {
    const each = live.edges[index]!;
    states[edge.id] = each.health;
    widths[edge.id] = widthOf(each.perSecond);
    labels[edge.id] = edgeLabel(edge, each);
    for (const [key, text] of Object.entries(edgeTexts(edge, each))) texts[`${edge.id}#${key}`] = text;
  });
  topology.boxes.forEach((box, index) => {
    const each = live.boxes[index]!;
    states[box.id] = each.health;
    labels[box.id] = boxLabel(box, each, declared);
    texts[`${box.id}#state`] = `${glyph[each.health]} ${each.health}`;
    texts[`${box.id}#instances`] = each.instances === 0 ? '' : `${each.well} of ${each.instances} well`;
    texts[`${box.id}#denied`] = String(each.denied);
  });
  for (const version of live.versions) {
    const id = `version/${version.id}`;
    texts[`${id}#count`] = countOf(version);
    enabled[`${id}#more`] = mayGrow(version);
    enabled[`${id}#fewer`] = mayShrink(version);
  }
  for (const instance of live.instances) {
    const id = `instance/${instance.name}`;
    states[id] = instance.health;
    texts[`${id}#state`] = `${glyph[instance.health]} ${conditionOf(instance)}`;
    const runs = instance.running && !instance.leaving;
    enabled[`${id}#kill`] = runs;
    enabled[`${id}#start`] = !instance.running && !instance.leaving;
    enabled[`${id}#slow`] = runs;
    enabled[`${id}#fail`] = runs;
    enabled[`${id}#heal`] = !instance.leaving && (instance.failing !== undefined || instance.delay > 0);
    enabled[`${id}#end`] = !instance.leaving && enabled[`version/${instance.version}#fewer`] === true;
  }
  for (const [version, share] of Object.entries(live.shares)) {
    texts[`version/${version}#share`] = `${share} %`;
    widths[`version/${version}`] = share;
  }
  return { texts, states, widths, labels, enabled, editions: editionsOf(live.instances) };
}

const edgeTexts = (
  edge: Edge,
  { health, perSecond, failed, refused, retries, p50, p99, handshakes, ejected }: EdgeLive,
): Record<string, string> => ({
  rate: edge.counts === 'nothing' ? 'pulls' : `${failed > 0 ? `${glyph[health]} ` : ''}${showRate(perSecond)}`,
  per: edge.counts === 'nothing' ? '–' : showRate(perSecond),
  second:
    failed > 0
      ? `${failed} failed`
      : edge.members.length > 1
        ? count(edge.members.length, 'call')
        : edge.counts !== 'requests'
          ? uncounted[edge.counts]
          : p99 === undefined
            ? 'idle'
            : `p99 ${showTime(p99)}`,
  state: edge.counts === 'nothing' ? '–' : `${glyph[health]} ${health}`,
  failed: String(failed),
  refused: String(refused),
  retries: String(retries),
  p50: showTime(p50),
  p99: showTime(p99),
  handshakes: String(handshakes),
  ejected: String(ejected),
});

const uncounted = { connections: 'tcp', nothing: 'past the mesh' };

const edgeLabel = ({ from, to, security, counts }: Edge, { health, perSecond, failed, p99 }: EdgeLive): string =>
  [
    `${short(from)} to ${short(to)}`,
    securityWord[security],
    ...(counts === 'nothing' ? ['pulled from; no Envoy sees it'] : [health, showRate(perSecond, ` ${counts}`)]),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(p99 === undefined ? [] : [`p99 ${showTime(p99)}`]),
  ].join(', ');

const boxLabel = ({ members, name, word }: Box, { health, instances, well }: BoxLive, { edges }: Topology): string =>
  [
    name,
    word,
    health,
    ...(instances > 0 ? [`${well} of ${count(instances, 'instance')} well`] : []),
    `called by ${edges.filter(({ from, to }) => members.includes(to) && !members.includes(from)).length}`,
    `calls ${edges.filter(({ from, to }) => members.includes(from) && !members.includes(to)).length}`,
  ].join(', ');

const stateWords: Readonly<Record<AppState, string | undefined>> = {
  idle: 'on demand',
  starting: 'starting',
  ready: undefined,
  restarting: 'ended, starts again',
  killed: 'killed',
  down: 'ended too often',
};

const countOf = ({ instances, starting, leaving }: VersionLive): string =>
  [count(instances, 'instance'), ...(starting > 0 ? [`${starting} starting`] : []), ...(leaving > 0 ? [`${leaving} leaving`] : [])].join(
    ', ',
  );

function conditionOf({ running, sidecar, failing, delay, own, leaving }: InstanceLive): string {
  if (leaving) return 'leaving';
  if (!sidecar) return 'its sidecar is dead';
  const state = own && stateWords[own];
  if (state !== undefined) return state;
  if (!running) return 'killed';
  const words = [...(failing === undefined ? [] : [`answers ${failing}`]), ...(delay > 0 ? [`${showTime(delay)} slower`] : [])];
  return words.length === 0 ? 'well' : words.join(', ');
}
