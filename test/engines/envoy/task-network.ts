import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Process } from '../../../lib/twin/process.js';

/** What `npm run test:engines` wants of the machine for this. */
export function assertNetworks(): void {
  if (process.getuid?.() !== 0)
    throw new Error('needs root, because it makes network namespaces: sudo env "PATH=$PATH" npm run test:engines');
  for (const [command, ...args] of [
    ['nft', '--version'],
    ['ip', '-V'],
    ['nsenter', '--version'],
    ['setpriv', '--version'],
  ] as const) {
    try {
      execFileSync(command!, args);
    } catch {
      throw new Error(`needs ${command}: apt-get install nftables iproute2 util-linux`);
    }
  }
}

/** The network of one task: a namespace with loopback and nothing else, and names of its own. Gone after `stop`, or after five minutes. */
export class TaskNetwork {
  private readonly processes: Process[] = [];

  private constructor(
    readonly name: string,
    private readonly holder: Process,
  ) {}

  /** @param hosts lines of /etc/hosts */
  static async of(folder: string, name: string, hosts: readonly string[]): Promise<TaskNetwork> {
    const holder = new Process({ name, command: 'unshare', args: ['--net', '--mount', 'sleep', '300'] });
    const network = new TaskNetwork(name, holder);
    // `sleep` is there once both namespaces are.
    while (readFileSync(`/proc/${holder.pid}/comm`, 'utf8').trim() !== 'sleep') await wait(10);
    if (readlinkSync(`/proc/${holder.pid}/ns/net`) === readlinkSync('/proc/self/ns/net'))
      throw new Error(`${name} has no network of its own`);
    const file = join(folder, `${name}.hosts`);
    writeFileSync(file, `${['127.0.0.1 localhost', ...hosts].join('\n')}\n`, { mode: 0o644 });
    network.root('mount', '--bind', file, '/etc/hosts');
    network.root('ip', 'link', 'set', 'lo', 'up');
    return network;
  }

  /** Joins two by a wire, on which each has these addresses. */
  static join(one: TaskNetwork, addresses: readonly string[], other: TaskNetwork, others: readonly string[]): void {
    one.root('ip', 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(other.holder.pid));
    for (const [network, own] of [
      [one, addresses],
      [other, others],
    ] as const) {
      for (const address of own) network.root('ip', 'addr', 'add', address, 'dev', 'eth0', ...(address.includes(':') ? ['nodad'] : []));
      network.root('ip', 'link', 'set', 'eth0', 'up');
    }
  }

  /** A command within, as this user. */
  within = (user: number, command: readonly string[]): string[] => [
    'nsenter',
    `--net=/proc/${this.holder.pid}/ns/net`,
    `--mount=/proc/${this.holder.pid}/ns/mnt`,
    ...(user === 0 ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups']),
    ...command,
  ];

  /** Runs a command as root until it ends. */
  root = (...command: readonly string[]): string => this.run(0, command);

  run(user: number, command: readonly string[], input = ''): string {
    const [first, ...rest] = this.within(user, command);
    return execFileSync(first!, rest, { encoding: 'utf8', input, timeout: 20_000 });
  }

  /** Runs JavaScript as this user; it says its answer by `answer(value)`. */
  ask<T>(user: number, script: string): T {
    const answer = 'const answer = (value) => { console.log(JSON.stringify(value)); process.exit(0); };';
    return JSON.parse(this.run(user, [process.execPath, '-e', `${answer}${script}`])) as T;
  }

  /** Starts a server in JavaScript as this user; waits until it says a line. */
  async serve(user: number, name: string, script: string): Promise<void> {
    const [command, ...args] = this.within(user, [process.execPath, '-e', script]);
    const said = new Promise<void>((resolve) => {
      this.processes.push(new Process({ name, command: command!, args, onLine: () => resolve() }));
    });
    const server = this.processes.at(-1)!;
    await Promise.race([
      said,
      server.ended.then(() => {
        throw server.failure();
      }),
    ]);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.processes, this.holder].map((process) => process.stop()));
  }
}
