import { graphOf } from '../../lib/review/graph.js';
import { architecture, gateway, service, worker } from './build.js';

/** A line of Mermaid as we write it: a node, an arrow, a subgraph. Anything else would be read as something else by GitHub. */
const id = '[A-Za-z][A-Za-z0-9_]*';
const text = '"[^"\\n]*"';
const grammar = new RegExp(
  `^(flowchart LR|  (  )?${id}(\\[${text}\\]|\\(\\[${text}\\]\\)|\\{\\{${text}\\}\\}|\\[/${text}/\\])|  subgraph ${id}\\[${text}\\]|  end|  ${id} (-->|-\\.->)(\\|${text}\\|)? ${id})$`,
);
const mermaid = (markdown: string): string[] => {
  const [, drawing = ''] = /^```mermaid\n([\s\S]*?)\n```$/m.exec(markdown) ?? [];
  return drawing.split('\n');
};

const odd = architecture(
  {
    end: service({ domain: 'a "quoted" #1 <domain> `x`', calls: { 'subgraph-x': {}, subgraph: {} } }),
    'subgraph-x': service({ versions: { v1: {}, v2: {} }, traffic: { v1: 50, v2: 50 } }),
    subgraph: service({ calls: { db: {} } }),
    nightly: worker({ calls: { end: {} } }),
  },
  { external: { db: { protocol: 'tcp', port: 1 } }, ...gateway({ 'GET /a': { to: 'end' }, 'POST /a': { to: 'end' } }) },
);

test('every line is a node, an arrow or a subgraph, whatever names and domains say', () => {
  for (const line of mermaid(graphOf(odd))) expect(line).toMatch(grammar);
});

test('every arrow joins two boxes that are drawn', () => {
  const lines = mermaid(graphOf(odd));
  const boxes = new Set(lines.flatMap((line) => /^ {2,4}(\w+)[[({]/.exec(line)?.[1] ?? []));
  const ends = lines.flatMap((line) => /^ {2}(\w+) (?:-->|-\.->)(?:\|.*\|)? (\w+)$/.exec(line)?.slice(1) ?? []);
  expect(ends).toHaveLength(12);
  expect(ends.filter((end) => !boxes.has(end))).toEqual([]);
});

test('labels say the kind as well: version shares, workers, externals', () => {
  const lines = mermaid(graphOf(odd));
  expect(lines).toContain('  service_subgraph_2d_x["subgraph-x<br/>v1 50 %, v2 50 %"]');
  expect(lines).toContain('  service_nightly["nightly<br/>worker"]');
  expect(lines).toContain('  external_db[/"db<br/>external, tcp"/]');
  expect(lines).toContain(
    '  subgraph domain_a_20__22_quoted_22__20__23_1_20__3c_domain_3e__20__60_x_60_["a #quot;quoted#quot; #35;1 #lt;domain#gt; #96;x#96;"]',
  );
});

test('mutual TLS is solid, everything else is dashed; several routes are one arrow with their number', () => {
  const lines = mermaid(graphOf(odd));
  expect(lines).toContain('  gateway_web -->|"2 routes"| service_end');
  expect(lines).toContain('  service_subgraph -.-> external_db');
  expect(lines).toContain('  clients -.->|"2 routes, 2 public"| gateway_web');
});

test('above 25 boxes it shows domains, with how many services and calls each stands for', () => {
  const services = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `s${index}`,
      service({ domain: `d${index % 4}`, calls: index < 39 ? { [`s${index + 1}`]: {} } : {} }),
    ]),
  );
  const lines = mermaid(graphOf(architecture(services)));
  expect(lines).toEqual([
    'flowchart LR',
    ...[0, 1, 2, 3].map((domain) => `  service_domain_20_d${domain}["domain d${domain}<br/>10 services"]`),
    ...[0, 1, 2, 3].map(
      (domain) => `  service_domain_20_d${domain} -->|"${domain === 3 ? 9 : 10} calls"| service_domain_20_d${(domain + 1) % 4}`,
    ),
  ]);
});

test('who counts for a service has an arrow, and who gets traces a word: nothing stands about unconnected', () => {
  const lines = mermaid(
    graphOf(
      architecture(
        { orders: service({ globalRateLimit: { requests: 5, unit: 'second' } }) },
        {
          mesh: { rateLimitService: { to: 'limits', unavailable: 'admit' } },
          observability: { traces: { to: 'collector' } },
          external: {
            limits: { protocol: 'https', host: 'limits.internal' },
            collector: { protocol: 'http', host: 'otel.internal', port: 4318 },
          },
        },
      ),
    ),
  );
  expect(lines).toContain('  service_orders -.->|"is counted"| external_limits');
  expect(lines).toContain('  external_collector[/"collector<br/>external, http<br/>gets traces from every Envoy"/]');
  for (const line of lines) expect(line).toMatch(grammar);
});

test('domains keep their names, whatever they begin with; services of none are apart', () => {
  const many = Object.fromEntries(
    Array.from({ length: 27 }, (_, index) => [`s${index}`, service(index < 2 ? {} : { domain: index < 20 ? 'none-food' : 'none' })]),
  );
  const graph = graphOf(architecture(many));
  for (const label of ['no domain<br/>2 services', 'domain none-food<br/>18 services', 'domain none<br/>7 services'])
    expect(graph).toContain(`["${label}"]`);
});
