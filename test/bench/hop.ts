import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Supervisor } from '../../lib/twin/supervisor.js';
import { Ground } from './ground.js';
import { type Count, count, countedEnvoy, lines, patient } from './hop/instructions.js';
import { measure } from './hop/measure.js';
import { rowsOf, table } from './hop/report.js';
import { everyWay, pairs, portsPerWay } from './hop/way.js';

/**
 * `npm run bench:hop [-- --rounds 40 --requests 2000 --connections 16 --json]`, `npm run bench:hop -- --instructions`
 *
 * What a call through compiled sidecars costs, in latency and in Envoy's CPU, against the same pair with a minimal mutual TLS configuration written by
 * hand, one plain hop, and none. Everything is on this machine's loopback; one worker an Envoy, one client for all; ours log each request to a file,
 * which the others do not. Many short rounds rather than few long ones: a machine that does other things as well is never the same for long.
 *
 * With `--instructions` what the pairs' Envoys do for a request is counted by valgrind instead, kernel excluded: a number that repeats, for those who change
 * a configuration and want to see what it cost.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '40' },
      requests: { type: 'string', default: '2000' },
      connections: { type: 'string', default: '16' },
      json: { type: 'boolean', default: false },
      instructions: { type: 'boolean', default: false },
    },
  });
  const plan = { rounds: Number(values.rounds), requests: Number(values.requests), connections: Number(values.connections) };
  const supervisor = new Supervisor('bench-');
  const app = fork(join(__dirname, 'hop', 'app.ts'), { stdio: 'inherit' });
  try {
    const [{ port }] = (await once(app, 'message')) as [{ port: number }];
    if (values.instructions) {
      const counts = await counted(supervisor, port);
      console.log(values.json ? JSON.stringify({ counts }, null, 2) : lines(counts));
      return;
    }
    const ways = await everyWay(await Ground.of(supervisor, portsPerWay * (pairs.length + 2)), port);
    const samples = await measure(ways, plan, (round) => process.stderr.write(`\rround ${round} of ${plan.rounds} `));
    process.stderr.write('\n');
    const rows = rowsOf(samples, 'minimal mTLS pair', 'one hop');
    console.log(values.json ? JSON.stringify({ plan, rows }, null, 2) : table(rows));
  } finally {
    app.disconnect();
    await supervisor.stop();
  }
}

/** One pair after the other: two Envoys under valgrind are enough for two processors. */
async function counted(supervisor: Supervisor, app: number): Promise<Count[]> {
  const ground = await Ground.of(supervisor, portsPerWay * pairs.length, countedEnvoy(supervisor));
  const counts: Count[] = [];
  for (const pair of pairs) counts.push(await count(await pair(ground, app, patient), supervisor));
  return counts;
}

void main();
