import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Supervisor } from '../../lib/twin/supervisor.js';
import { Ground } from './ground.js';
import { measure } from './hop/measure.js';
import { rowsOf, table } from './hop/report.js';
import { everyWay, portsPerWay } from './hop/way.js';

/**
 * `npm run bench:hop [-- --rounds 40 --requests 2000 --connections 16 --json]`
 *
 * What a call through compiled sidecars costs, in latency and in Envoy's CPU, against the same pair with a minimal mutual TLS configuration written by
 * hand, one plain hop, and none. Everything is on this machine's loopback; one worker an Envoy, one client for all; ours log each request to a file,
 * which the others do not. Many short rounds rather than few long ones: a machine that does other things as well is never the same for long.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '40' },
      requests: { type: 'string', default: '2000' },
      connections: { type: 'string', default: '16' },
      json: { type: 'boolean', default: false },
    },
  });
  const plan = { rounds: Number(values.rounds), requests: Number(values.requests), connections: Number(values.connections) };
  const supervisor = new Supervisor('bench-');
  const app = fork(join(__dirname, 'hop', 'app.ts'), { stdio: 'inherit' });
  try {
    const [{ port }] = (await once(app, 'message')) as [{ port: number }];
    const ways = await everyWay(await Ground.of(supervisor, portsPerWay * 5), port);
    const samples = await measure(ways, plan, (round) => process.stderr.write(`\rround ${round} of ${plan.rounds} `));
    process.stderr.write('\n');
    const rows = rowsOf(samples, 'minimal mTLS pair', 'one hop');
    console.log(values.json ? JSON.stringify({ plan, rows }, null, 2) : table(rows));
  } finally {
    app.disconnect();
    await supervisor.stop();
  }
}

void main();
