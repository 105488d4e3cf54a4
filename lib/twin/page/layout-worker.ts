import { Worker } from 'node:worker_threads';
import type { ElkNode } from 'elkjs/lib/elk-api.js';

/** What the thread runs: elkjs takes a second where it is first used, and a graph of a hundred boxes takes as long. */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const Elk = require(workerData.elk);
const elk = new Elk();
(async () => {
  const laidOut = [];
  for (const { ways, within } of workerData.choices) {
    let best;
    for (const way of ways) {
      const graph = await elk.layout(way);
      if (best === undefined || graph.width < best.width) best = graph;
      if (best.width <= within) break;
    }
    laidOut.push(best);
  }
  parentPort.postMessage(JSON.stringify(laidOut));
})();
`;

/** One graph, in ways of which the first that is not too wide is taken; the narrowest where all are. */
export interface Choice {
  readonly ways: readonly ElkNode[];
  readonly within: number;
}

/**
 * Lays graphs out by elkjs in a thread of its own: in this one the twin's apps answer, and each request would wait for the layout.
 *
 * @throws Error of elkjs
 */
export function layOut(choices: readonly Choice[]): Promise<ElkNode[]> {
  const worker = new Worker(program, {
    eval: true,
    workerData: { elk: require.resolve('elkjs/lib/elk.bundled.js'), choices },
    execArgv: [],
  });
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once('message', (laidOut: string) => resolve(JSON.parse(laidOut) as ElkNode[]));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the layout ended with exit code ${code}`)));
  });
}
