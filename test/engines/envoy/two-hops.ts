import type { Bootstrap, Placement } from '../../../lib/engines/envoy/index.js';
import { compileIngress, compileSidecar, tracerVariables } from '../../../lib/engines/envoy/index.js';
import { type Architecture, defineArchitecture, type ObservabilitySpec, resolve } from '../../../lib/index.js';
import { type Answer, Trial } from './trial.js';

const at = (port: number) => ({ address: '127.0.0.1', port });

/** Orders, which calls pricing, behind a gateway. */
export const ordersAndPricing = (observability: ObservabilitySpec<'agent'>): Architecture =>
  resolve(
    defineArchitecture({
      name: 'trial',
      services: {
        orders: { image: 'orders', listen: { protocol: 'http', port: 8080 }, calls: { pricing: {} } },
        pricing: { image: 'pricing', listen: { protocol: 'http', port: 8081 } },
      },
      external: { agent: { host: 'agent.example', protocol: 'http', port: 8126 } },
      observability,
      gateways: { web: { kind: 'http', auth: 'public', routes: { 'GET /orders': { to: 'orders' } } } },
    }),
  );

/** Running: the ingress, and both services with apps of which the first passes on the headers whose names match. Answers with what pricing's app saw. */
export class TwoHops {
  private constructor(
    readonly trial: Trial,
    private readonly front: number,
  ) {}

  /** @param own where the collector is */
  static async of(architecture: Architecture, passedOn: RegExp, own: (trial: Trial) => Promise<Partial<Placement>>): Promise<TwoHops> {
    const trial = await Trial.of(architecture);
    const [front, local, orders, pricing] = [trial.port(), trial.port(), trial.port(), trial.port()];
    const pricingApp = await trial.app((request, response) => response.end(JSON.stringify(request.headers)));
    const ordersApp = await trial.app(async (request, response) => {
      const headers = Object.entries(request.headers).filter(([name]) => passedOn.test(name)) as [string, string][];
      response.end((await trial.send({ port: local, path: '/price', headers: Object.fromEntries(headers) })).body);
    });
    const collector = await own(trial);
    const place = (name: string, more: Partial<Placement>): Placement =>
      trial.placement(name, { endpoints: ({ id }) => ({ addresses: [at(id === 'orders' ? orders : pricing)] }), ...collector, ...more });
    const sidecar = (name: string, more: Partial<Placement>): Bootstrap =>
      compileSidecar(architecture, architecture.services.find((service) => service.name === name)!.versions[0]!, place(name, more));
    await trial.start(
      {
        ingress: compileIngress(architecture, place('ingress', { front: () => at(front) })),
        orders: sidecar('orders', { inbound: at(orders), app: at(ordersApp.port), local: () => at(local) }),
        pricing: sidecar('pricing', { inbound: at(pricing), app: at(pricingApp.port) }),
      },
      (name, command) => {
        const variables = tracerVariables(architecture, name === 'pricing' ? 'v7' : undefined);
        return ['env', ...Object.entries(variables).map(([variable, value]) => `${variable}=${value}`), ...command];
      },
    );
    return new TwoHops(trial, front);
  }

  /** As a client does, by way of the gateway. */
  ask = (id: string, headers: Record<string, string> = {}): Promise<Answer> =>
    this.trial.send({ port: this.front, path: '/orders', headers: { 'x-edge-route': 'GET /orders', 'x-request-id': id, ...headers } });

  stop = (): Promise<void> => this.trial.stop();
}
