import type { Architecture, Call, Policy, Rule } from '../../../model/architecture/index.js';
import { showDuration } from '../../../model/duration.js';
import { byRule, showTries } from '../../../review/wording.js';
import { type StubCall, stubCall } from '../../stub-call.js';
import type { Twin } from '../../twin.js';
import { type Html, html } from '../html.js';
import { boxId, type Edge, edgeId } from '../topology.js';
import { securityWord, short } from '../words.js';
import { command, editionOf, panel } from './panel.js';

/** What holds for an arrow, what happens there, and a line to try it. */
export const edgePanel = (twin: Pick<Twin, 'architecture' | 'instances'>, edge: Edge): Html =>
  panel(
    edge.id,
    undefined,
    `${short(edge.from)} → ${short(edge.to)}`,
    wordOf[edge.kind],
    edge.kind === 'consumes'
      ? html`<p>${short(edge.from)} pulls from it by itself. No sidecar is in between, nothing is measured, and the twin has no queue.</p>${ends(edge)}`
      : html`${numbers(edge)}${policies(twin.architecture, edge)}${security(edge)}${attempt(twin, edge)}${ends(edge)}`,
    editionOf(edge.from, twin.instances),
  );

const wordOf: Readonly<Record<Edge['kind'], string>> = { clients: 'clients', routes: 'routes', call: 'call', consumes: 'consumes' };

const measures = (edge: Edge): readonly (readonly [string, string])[] =>
  edge.counts === 'connections'
    ? [
        ['per', 'connections'],
        ['failed', 'failed'],
      ]
    : [
        ['per', 'requests'],
        ['failed', 'failed (5xx)'],
        ['refused', 'refused (4xx)'],
        ['retries', 'retries'],
        ['p50', 'p50'],
        ['p99', 'p99'],
        ['ejected', 'instances left alone'],
      ];

const numbers = (edge: Edge): Html => html`<h3>Measured <span class="hint" data-text="seconds"></span></h3>
  <dl class="numbers">${measures(edge).map(([key, word]) => html`<div><dt>${word}</dt><dd class="number" data-text="${edge.id}#${key}"></dd></div>`)}</dl>`;

function policies(architecture: Architecture, edge: Edge): Html | undefined {
  const call = callOf(architecture, edge);
  if (call !== undefined) {
    if (call.rules.length === 0) return html`<h3>Policy</h3><p>${showDuration(call.policy.timeout)} to connect, 1 try</p>`;
    return html`<h3>Policy</h3>${rows(call.rules)}`;
  }
  const gateway = architecture.gateways.find(({ name }) => edge.kind === 'routes' && boxId('gateway', name) === edge.from);
  const routes = gateway?.routes.flatMap(({ key, target }) =>
    target.kind !== 'respond' && boxId(target.kind, target.name) === edge.to ? [{ key, rules: target.rules }] : [],
  );
  if (routes === undefined) return undefined;
  return html`<h3>Policy</h3>${routes.map(({ key, rules }) => html`<p><code>${key}</code></p>${rows(rules)}`)}`;
}

const rows = (rules: readonly Rule[]): Html =>
  html`<table><tbody>${byRule(rules, ({ policy }) => showPolicy(policy)).map(
    ({ where, is }) => html`<tr>${where === undefined ? undefined : html`<th scope="row">${where}</th>`}<td>${is}</td></tr>`,
  )}</tbody></table>`;

const showPolicy = (policy: Policy): string => `${showDuration(policy.timeout)} in all, ${showTries(policy)}`;

function security({ id, kind, security: how }: Edge): Html {
  const handshakes = html`<span class="number" data-text="${id}#handshakes"></span>`;
  if (kind === 'clients') return html`<h3>Security</h3><p>Plain HTTP here, on this machine alone; HTTPS on AWS.</p>`;
  if (how === 'mtls')
    return html`<h3>Security</h3><p>mTLS 1.3: both ends proved who they are in ${handshakes} handshakes since the start.</p>`;
  if (how === 'tls') return html`<h3>Security</h3><p>TLS: the host proved its name in ${handshakes} handshakes since the start.</p>`;
  return html`<h3>Security</h3><p>${securityWord[how]}: it leaves the mesh as it is declared, without TLS of the mesh's.</p>`;
}

/** As the caller's app would ask: its sidecar's port for this callee. */
function attempt({ architecture, instances }: Pick<Twin, 'architecture' | 'instances'>, edge: Edge): Html | undefined {
  const call = callOf(architecture, edge);
  const caller = instances.find(({ version }) => version.service === call?.from);
  const port = call === undefined ? undefined : caller?.localPorts.get(call.callee);
  if (call === undefined || port === undefined) return undefined;
  const line = lineOf(stubCall(architecture, call, port));
  return html`<h3>Try it, as ${call.from}</h3>${command(line)}`;
}

/** An empty message is enough to see gRPC's status among the headers. */
function lineOf({ protocol, method, path, port }: StubCall): string {
  const url = `http://127.0.0.1:${port}${path}`;
  if (protocol === 'tcp') return `echo hello | curl -m 2 telnet://127.0.0.1:${port}`;
  if (protocol === 'grpc') {
    return `printf '\\0\\0\\0\\0\\0' | curl -s -o /dev/null -D - --http2-prior-knowledge -H 'content-type: application/grpc' -H 'te: trailers' --data-binary @- ${url}`;
  }
  const body = method === 'GET' || method === 'HEAD' ? '' : " -H 'content-type: application/json' -d '{}'";
  return `curl ${method === 'GET' ? '' : `-X ${method} `}${url}${body}`;
}

const ends = ({ from, to }: Edge): Html => html`<dl>
  <dt>from</dt><dd><a href="#at=${encodeURIComponent(from)}" data-at="${from}">${short(from)}</a></dd>
  <dt>to</dt><dd><a href="#at=${encodeURIComponent(to)}" data-at="${to}">${short(to)}</a></dd>
</dl>`;

const callOf = ({ calls }: Architecture, edge: Edge): Call | undefined =>
  calls.find((call) => edge.kind === 'call' && edgeId(boxId('service', call.from), boxId(call.kind, call.to)) === edge.id);
