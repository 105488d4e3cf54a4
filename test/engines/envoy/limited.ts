import { createServer } from 'node:http2';
import { compileSidecar, rateLimitConfiguration } from '../../../lib/engines/envoy/index.js';
import { type Architecture, defineArchitecture, resolve } from '../../../lib/index.js';
import { answerGrpc, callGrpc } from '../../../lib/twin/grpc.js';
import { Trial } from './trial.js';

/** Limits that nobody reaches again while a test runs: of a day, in which it may be asked as often as here. */
const declare = (protocol: 'http' | 'https'): Architecture =>
  resolve(
    defineArchitecture({
      name: 'trial',
      mesh: { rateLimitService: { to: 'limits', timeout: '3s', unavailable: 'admit' } },
      services: {
        client: {
          image: 'client',
          calls: {
            orders: { retries: { max: 2, on: ['5xx', 'unavailable', 'gateway-error'] } },
            prices: {},
            quotes: { idempotent: true, retries: { max: 2, on: ['resource-exhausted', 'unavailable'] } },
          },
        },
        other: { image: 'other', calls: { orders: {}, prices: {} } },
        orders: {
          image: 'orders',
          listen: { protocol: 'http', port: 8080 },
          access: { client: '*', other: ['GET /list'] },
          globalRateLimit: { requests: 5, unit: 'day' },
          routes: [
            { match: { path: '/open' } },
            { match: { path: '/{anything}', method: 'POST' }, globalRateLimit: { requests: 1, unit: 'day' } },
          ],
        },
        prices: {
          image: 'prices',
          listen: { protocol: 'http', port: 8081 },
          health: { path: '/healthz', active: { interval: '1h' } },
          globalRateLimit: { requests: 2, unit: 'day', per: 'caller', unavailable: 'refuse' },
        },
        quotes: { image: 'quotes', listen: { protocol: 'grpc', port: 9090 }, globalRateLimit: { requests: 1, unit: 'day' } },
      },
      external: { limits: { host: 'limits.example', protocol, port: 8081 } },
    }),
  );
const at = (port: number) => ({ address: '127.0.0.1', port });

/** Whoever counts, once it answers. */
export interface Counting {
  readonly port: number;
}

/** Two instances of orders, one each of prices and quotes, the client's sidecar, and whoever counts. */
export class Limited {
  /** Requests that the apps saw since somebody last set this. */
  seen = 0;

  private constructor(
    readonly trial: Trial,
    private readonly architecture: Architecture,
    private readonly inbound: Readonly<Record<string, number>>,
    private readonly local: ReadonlyMap<string, number>,
  ) {}

  /** @param serve starts the rate limit service, with its own configuration */
  static async start(protocol: 'http' | 'https', serve: (trial: Trial, configuration: string) => Promise<Counting>): Promise<Limited> {
    const architecture = declare(protocol);
    const trial = await Trial.of(architecture);
    try {
      return await Limited.startIn(trial, architecture, serve);
    } catch (error) {
      await trial.stop();
      throw error;
    }
  }

  private static async startIn(
    trial: Trial,
    architecture: Architecture,
    serve: (trial: Trial, configuration: string) => Promise<Counting>,
  ): Promise<Limited> {
    const names = ['orders-1', 'orders-2', 'prices-1', 'quotes-1'];
    const inbound = Object.fromEntries(names.map((name) => [name, trial.port()]));
    const local = new Map(['orders', 'prices', 'quotes'].map((callee) => [callee, trial.port()]));
    const limited = new Limited(trial, architecture, inbound, local);
    const app = await trial.app((_request, response) => {
      limited.seen += 1;
      response.end();
    });
    const grpcApp = createServer().on('stream', (stream) => {
      limited.seen += 1;
      answerGrpc(stream, 200, 'quoted');
    });
    const quotes = await trial.listen(grpcApp);
    const { port } = await serve(trial, rateLimitConfiguration(architecture)!);
    const limits = {
      external: () => ({ addresses: [at(port)], sni: 'limits.example', roots: { filename: trial.authority.roots } }),
      endpoints: ({ id }: { readonly id: string }) => ({
        addresses: names.filter((name) => name.startsWith(`${id}-`)).map((name) => at(inbound[name]!)),
      }),
    };
    const sidecar = (name: string, service: string, own: object) =>
      compileSidecar(architecture, limited.named(service).versions[0]!, trial.placement(name, { ...limits, ...own }));
    await trial.start({
      ...Object.fromEntries(
        names.map((name) => {
          const service = name.slice(0, -2);
          return [name, sidecar(name, service, { inbound: at(inbound[name]!), app: at(service === 'quotes' ? quotes.port : app.port) })];
        }),
      ),
      client: sidecar('client', 'client', { local: ({ to }: { readonly to: string }) => at(local.get(to)!) }),
    });
    return limited;
  }

  private named = (name: string) => this.architecture.services.find((each) => each.name === name)!;

  /** The statuses of so many requests to an instance, one after the other, past the caller's own sidecar. */
  async statuses(times: number, caller: string, instance: string, path: string, method = 'GET'): Promise<number[]> {
    const got: number[] = [];
    for (let time = 0; time < times; time += 1)
      got.push((await this.trial.sendAs(this.named(caller).identity, { port: this.inbound[instance]!, path, method })).status);
    return got;
  }

  /** A request of the client's app, through its sidecar. */
  ask = (callee: string, path: string) => this.trial.send({ port: this.local.get(callee)!, path });

  /** A call of the client's app over gRPC. */
  call = (callee: string, path: string) => callGrpc(this.local.get(callee)!, path, {}, 20_000);

  /** What an instance counted of its global limits, by what became of the question. */
  counted = async (instance: string, mode: 'admit' | 'refuse'): Promise<Record<string, number>> => {
    const found = await this.trial.statistics(instance, `ratelimit\\.global-rate-limit/${mode}\\.`);
    return Object.fromEntries(Object.entries(found).map(([name, count]) => [name.split('.').at(-1)!, count]));
  };
}
