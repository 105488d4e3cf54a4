import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Ports } from '../../../../lib/twin/ports.js';
import { Process } from '../../../../lib/twin/process.js';
import type { Trial } from '../trial.js';
import { rateLimitService } from './built.js';

/** Envoy's rate limit service on TLS, and the Redis behind it on a Unix socket. */
export class Counting {
  private constructor(
    private readonly folder: string,
    private readonly files: { readonly certificate: string; readonly privateKey: string },
    /** Where it is asked by gRPC, by HTTP whether it is well, and for its own statistics. */
    readonly ports: { readonly grpc: number; readonly http: number; readonly debug: number },
    readonly redis: Process,
    private running: Process | undefined,
  ) {}

  get port(): number {
    return this.ports.grpc;
  }

  get service(): Process {
    if (this.running === undefined) throw new Error('the rate limit service was not started');
    return this.running;
  }

  /** @param configuration as the engine compiles it */
  static async start({ folder, authority }: Trial, configuration: string): Promise<Counting> {
    const config = join(folder, 'counting', 'ratelimit', 'config');
    mkdirSync(config, { recursive: true });
    writeFileSync(join(config, 'rate-limit-service.yaml'), configuration);
    const reserved = await Ports.reserve(3);
    const ports = { grpc: reserved.take(), http: reserved.take(), debug: reserved.take() };
    await reserved.release();
    const redis = new Process({
      name: 'redis',
      command: 'redis-server',
      args: ['--port', '0', '--unixsocket', join(folder, 'redis.sock'), '--save', '', '--appendonly', 'no', '--dir', folder],
    });
    const counting = new Counting(folder, await authority.issueHost('limits.example'), ports, redis, undefined);
    await counting.startService();
    return counting;
  }

  /** Starts it, again too, and waits until it says that it is well, which it is with Redis only. */
  async startService(): Promise<void> {
    const { grpc, http, debug } = this.ports;
    const everywhere = { HOST: '127.0.0.1', GRPC_HOST: '127.0.0.1', DEBUG_HOST: '127.0.0.1' };
    this.running = new Process({
      name: 'ratelimit',
      command: rateLimitService(),
      args: [],
      environment: {
        ...everywhere,
        ...{ PORT: String(http), GRPC_PORT: String(grpc), DEBUG_PORT: String(debug) },
        ...{ GRPC_SERVER_USE_TLS: 'true', GRPC_SERVER_TLS_CERT: this.files.certificate, GRPC_SERVER_TLS_KEY: this.files.privateKey },
        ...{ REDIS_SOCKET_TYPE: 'unix', REDIS_URL: join(this.folder, 'redis.sock') },
        ...{ RUNTIME_ROOT: join(this.folder, 'counting'), RUNTIME_SUBDIRECTORY: 'ratelimit', RUNTIME_WATCH_ROOT: 'false' },
        ...{ USE_STATSD: 'false', LOG_LEVEL: 'warn' },
      },
    });
    while (this.service.running && this.redis.running) {
      if ((await statusOf(http)) === 200) return;
      await wait(50);
    }
    const ended = this.redis.running ? this.service : this.redis;
    await ended.ended;
    throw ended.failure();
  }

  /** Where the two listen, as the kernel knows it: `0100007F:1F91` is 127.0.0.1. */
  listening(): string[] {
    return [this.service, this.redis].flatMap(({ pid }) => {
      const links = readdirSync(`/proc/${pid}/fd`).map((each) => readlinkSync(`/proc/${pid}/fd/${each}`));
      const rows = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n').slice(1));
      const columns = rows.map((row) => row.trim().split(/\s+/));
      return columns
        .filter(([, , , state, ...rest]) => state === '0A' && links.includes(`socket:[${rest[5]}]`))
        .map(([, address]) => address!);
    });
  }

  async stop(): Promise<void> {
    await Promise.all([this.running?.stop(), this.redis.stop()]);
  }
}

const statusOf = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: '/healthcheck', agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', () => resolve(undefined));
  });
