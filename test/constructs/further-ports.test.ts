import { defineArchitecture } from '../../lib/index.js';
import { containerOf, deployed, environmentOf } from './deployed.js';

const declaration = defineArchitecture({
  name: 'numbers',
  services: {
    pricing: {
      image: 'example.com/pricing:1',
      listen: { protocol: 'http', port: 8080 },
      ports: { metrics: { protocol: 'http', port: 9102 }, debug: { protocol: 'http', port: 9104 } },
    },
    scraper: { image: 'example.com/scraper:1', calls: { 'pricing:metrics': {} } },
  },
});
const { app, template: synthesize } = deployed(declaration, {});
const template = synthesize();

test('the mesh opens the port of the sidecar for each name that is called, and for no other; never the app’s', () => {
  const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties.FromPort);
  expect(app.mesh!.engine.ports).toEqual([15_006, 15_538]); // metrics
  expect(rules.sort()).toEqual([15_006, 15_538]);
});

test('an app says each port that it listens on, a worker none', () => {
  const portsOf = (task: string) => containerOf(template, task, 'app')['PortMappings'];
  expect(portsOf('pricing')).toEqual([8080, 9104, 9102].map((ContainerPort) => ({ ContainerPort, Protocol: 'tcp' })));
  expect(portsOf('scraper')).toBeUndefined();
});

test('an app is told where it finds a port', () => {
  const { PRICING_METRICS_URL, PRICING_METRICS_PORT } = environmentOf(containerOf(template, 'scraper', 'app'));
  expect(PRICING_METRICS_URL).toBe(`http://127.0.0.1:${String(PRICING_METRICS_PORT)}`);
});

test('the caller’s sidecar looks for the same name in DNS, at the port’s own place', () => {
  const configuration = JSON.stringify(containerOf(template, 'scraper', 'sidecar').Command);
  expect(configuration).toContain('15538');
  expect(configuration).not.toContain('15006');
});
