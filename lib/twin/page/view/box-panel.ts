import type { Architecture, External, Gateway, GatewayRoute, Service } from '../../../model/architecture/index.js';
import { showAuth, showCaller, showRequests, showTarget } from '../../../review/wording.js';
import { authorizationOf, curlOf, type Typed } from '../../curl.js';
import type { Twin } from '../../twin.js';
import { type Html, html } from '../html.js';
import { type Box, boxId, type Topology } from '../topology.js';
import { short } from '../words.js';
import { split } from './controls.js';
import { instances, zonesMatter } from './instances.js';
import { command, editionOf, neighbours, panel } from './panel.js';

/** What a panel tells of a twin. */
type Panelled = Pick<Twin, 'architecture' | 'instances' | 'gateways'> & Partial<Pick<Twin, 'reached'>>;

/** Who a box is, who may ask it, and what can be done to it here. */
export function boxPanel(twin: Panelled, { edges }: Topology, typed: Typed, box: Box): Html {
  const body = html`${bodyOf(box, twin, typed)}${neighbours(box, edges, short)}`;
  return panel(box.id, box.kind, box.name, box.word, body, editionOf(box.id, twin.instances));
}

function bodyOf({ id }: Box, twin: Panelled, typed: Typed): Html {
  const { services, gateways, externals } = twin.architecture;
  const service = services.find(({ name }) => boxId('service', name) === id);
  if (service !== undefined) return ofService(service, twin);
  const gateway = gateways.find(({ name }) => boxId('gateway', name) === id);
  if (gateway !== undefined) return ofGateway(gateway, twin, typed);
  const external = externals.find(({ name }) => boxId('external', name) === id);
  return external === undefined
    ? html`<p>Whoever has the address of a gateway; here that is you.</p>`
    : ofExternal(external, twin.reached?.has(external.name));
}

function ofService(service: Service, { instances: all, architecture }: Pick<Twin, 'instances' | 'architecture'>): Html {
  const own = all.filter(({ version }) => version.service === service.name);
  return html`
    ${instances(service, own, zonesMatter(service, architecture))}
    ${service.versions.length > 1 && service.traffic.length > 0 ? split(service) : undefined}
    ${service.listen === undefined ? undefined : access(service)}
    <dl><dt>identity</dt><dd><code>${service.identity}</code></dd></dl>`;
}

const access = ({ name, admits }: Service): Html => html`<h3>Who may ask</h3>
  <table><tbody>${admits.map((admission) => html`<tr><th scope="row">${showCaller(admission)}</th><td>${showRequests(admission)}</td></tr>`)}</tbody></table>
  <p class="hint">Everybody else gets 403 from its sidecar: <span class="number" data-text="${boxId('service', name)}#denied">0</span> denied (<span data-text="seconds"></span>).</p>`;

function ofGateway({ name, routes }: Gateway, { architecture, gateways }: Panelled, typed: Typed): Html {
  const url = gateways.find(({ gateway }) => gateway.name === name)?.url ?? '';
  const line = (route: GatewayRoute) =>
    [curlOf(route, url), authorizationOf(architecture, route, typed)].filter((part) => part !== '').join(' \\\n  ');
  return html`<dl><dt>address</dt><dd><code>${url}</code></dd></dl>
    <h3>Routes</h3>
    ${routes.map((route) => html`<p><code>${route.key}</code> → ${showTarget(route)} <span class="hint">${showAuth(route.auth)}</span></p>${command(line(route))}`)}`;
}

const ofExternal = ({ protocol, host, port }: External, reached = false): Html => html`<p>${
  reached
    ? 'It is the real host: you let it through when you started this twin.'
    : 'A stub of this twin stands in for it; nothing leaves this machine.'
}</p>
  <dl><dt>really</dt><dd><code>${protocol}://${host ?? 'bound when deployed'}:${port}</code></dd></dl>`;

/** The architecture's own name is what people know it by. */
export const titleOf = ({ name, environment }: Architecture): string => `${name} (${environment})`;
